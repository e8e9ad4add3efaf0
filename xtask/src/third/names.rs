//! Given and family names of the third set, by where they are mostly from.

/// How often names of one origin are drawn, then men's, women's and family names.
pub(super) type Origin = (u32, &'static str, &'static str, &'static str);

/// All of them; names are parted by commas.
pub(super) const ORIGINS: &[Origin] = &[
    (
        9,
        "James,Robert,Harold,Wesley,Douglas,Curtis,Gordon,Clifford,Travis,Kyle,Bradley,Garrett,Dustin,Warren,Leland,Roland,Vernon,Stuart,Terrence,Glenn,Lloyd,Duane,Randall,Craig,Everett,Colby,Tanner,Chad,Mark,Will,Jack,Frank,Drew,Pat,Chase,Grant,Rusty,Dale,Cliff,Guy",
        "Margaret,Dorothy,Shirley,Beverly,Joanne,Marlene,Kathleen,Pamela,Deborah,Tiffany,Brittany,Courtney,Lindsay,Heather,Melanie,Phyllis,Lorraine,Bernice,Maxine,Gladys,Edna,Mildred,Faith,Hope,Joy,Grace,Dawn,Summer,Autumn,April,May,June,Rose,Violet,Ivy,Ginger,Sandy,Penny,Robin,Crystal,Amber,Misty,Charity,Mercy,Patience,Prudence,Olive,Hazel,Fern,Iris",
        "Abernathy,Ackerman,Aldridge,Barlow,Bickford,Blackwell,Bledsoe,Boggs,Brantley,Burkhart,Caldwell,Carmichael,Chadwick,Colvin,Crabtree,Dalton,Dempsey,Eastman,Fairchild,Fitch,Gaines,Gentry,Goodwin,Hadley,Halvorsen,Hargrove,Hatcher,Hollis,Ingram,Jessup,Kirkland,Langley,Leavitt,Lockhart,Maddox,Merritt,Nettles,Oakley,Ormsby,Pettigrew,Pickett,Prescott,Quimby,Ramsey,Ridgeway,Satterfield,Sheffield,Stallings,Stapleton,Tidwell,Trask,Underwood,Vance,Wadsworth,Whitcomb,Winslow,Yancey,Yates",
    ),
    (
        3,
        "Tyler,Austin,Mason,Carter,Hunter,Parker,Cooper,Forrest,Heath,Clay,Reed,Rocky,Sonny,Buddy,Junior,Earl,Duke,Major,Royal,Prince,King,Sterling",
        "Candy,Cherry,Honey,Star,Sunny,Willow,Daisy,Lily,Poppy,Ruby,Pearl,Opal,Jewel,Destiny,Harmony,Melody,Carol,Eve,Holly,Joyce,Bliss,Temperance",
        "Hand,Foot,Legg,Shoulders,Bone,Blood,Payne,Coffin,Graves,Moody,Low,High,Short,Long,Small,Little,Strong,Weeks,Day,Knight,Summers,Winter,Frost,Snow,Rainey,March,May,Friday,Monday,Church,Temple,Parish,Bishop,Pope,Dean,Cook,Baker,Butcher,Carver,Sharp,Blunt,Stern,Good,Best,Wise,Savage,Love,Hope,Grace,Rash,Ward,Ray,Field,Banks,Rivers,Lake,Pond,Wells,Brooks,Bush,Wood,Green,Black,White,Gray,Rose,Lance,Stone,Battle,Price,Cash,Bill,Case,Chance,Self,Person,Child,Mann,Boyd,Valentine,Christmas,English,French,Holland,Ireland,Paris,London,Bacon,Rice,Berry,Lemons,Coffee,Beers",
    ),
    (
        2,
        "Byron,Allan,Percival,Julian,Alois,Hugo,Otto,Emil,Felix,Conrad",
        "Adele,Cecily,Viola,Estelle,Greta,Hedwig,Ottilie,Leonora,Minerva,Xanthe",
        "Parkinson,Foley,Murphy,Bell,Addison,Hodges,Crohn,Wilson,Down,Babin,Homan,Weber,Turner,Cushing,Apgar,Hartman,Kelly,Allis,Kocher,Barrett,Meckel,Hunter,Still,Wells,Norton,Braden,Morse,Glasgow,Beck,Hamilton,Whipple,Sjogren,Marfan,Raynaud,Charcot,Dupuy,Colles,Bennett,Baxter,Lantus,Coreg,Allegra,Alexa",
    ),
    (
        3,
        "Deshawn,Jamal,Tyrone,Marquis,Darnell,Lamar,Terrell,Kareem,Cedric,Reginald,Demetrius,Tyrell,Jaylen,Malik,Andre,Roosevelt,Cleveland,Isaiah",
        "Latoya,Keisha,Shanice,Tamika,Ebony,Imani,Aaliyah,Precious,Diamond,Essence,LaQuita,DeAndra,Tyesha,Monique,Yolanda,Odessa,Ernestine,Wilhelmina",
        "Washington,Jefferson,Booker,Gadsden,Broadnax,Pettway,Mosley,Tolliver,Witherspoon,Yarborough,Muhammad,Batiste,Boudreaux,Fontenot,Thibodeaux,Landry,Guidry,Hebert,Dupree,Delacroix,Freeman,Gaillard,Pinckney,Ravenel,Toussaint",
    ),
    (
        6,
        "José,Juan Carlos,Luis,Miguel Ángel,Francisco,Javier,Rigoberto,Héctor,Ramiro,Ernesto,Guadalupe,Jesus,Angel,Esteban,Fidel,Ignacio,Lázaro,Octavio,Raúl,Santiago,Ulises,Wilfredo,Xavier,Yadiel,Salvador,Domingo,Cruz",
        "María Elena,Guadalupe,Lupita,Rosario,Consuelo,Esperanza,Milagros,Dolores,Soledad,Concepción,Mercedes,Ximena,Yesenia,Graciela,Ofelia,Marisol,Xiomara,Itzel,Luz,Paz,Nieves,Pilar,Alma,Blanca,Araceli,Maricarmen,Socorro",
        "García,Hernandez,Martinez-Ruiz,López,González,Rodriguez Peña,de la Cruz,De La Rosa,del Toro,Villanueva,Zamora,Escobedo,Cisneros,Montemayor,Nuñez,Ibáñez,Quiñones,Zúñiga,Ybarra,Tejada,Olivares,Palacios,Rentería,Saldívar,Urrutia,Velásquez,Candelaria,Maldonado,Santos,Reyes,Cabeza,Salas,Ríos,Mata,Delgado,Bravo,Rubio,Blanco,Flores Vega,Ortega y Luna,Santa Cruz,San Miguel",
    ),
    (
        3,
        "Minh,Duc,Tuan,Hung,Quang,Thanh,Khoa,Bao,Van Long,Phuc,Dat,An",
        "Thi Hoa,Linh,Thuy,Lan,Ngoc,Phuong,Bich,Hanh,Mai,Tuyet,Diem,My Dung",
        "Nguyen,Tran,Le,Pham,Huynh,Vo,Dang,Bui,Do,Ho,Ngo,Duong,Ly,Phan,Truong,Lam,Dinh,Mai,To,Cao",
    ),
    (
        3,
        "Chukwuemeka,Oluwaseun,Babatunde,Ikenna,Obinna,Tunde,Kelechi,Uche,Emeka,Olumide,Segun,Chidi,Kwame,Kofi,Sunday,Godwin,Innocent,Festus",
        "Ngozi,Adaeze,Folasade,Chiamaka,Ifeoma,Yewande,Temitope,Blessing,Comfort,Goodness,Nneka,Abimbola,Amara,Akosua,Efua,Peace,Happiness,Titilayo",
        "Okonkwo,Adeyemi,Okafor,Eze,Nwosu,Balogun,Adebayo,Ogunleye,Chukwu,Onyekachi,Afolabi,Uzoma,Igwe,Olatunji,Oyelaran,Mensah,Boateng,Asante,Owusu,Achebe,Nwachukwu-Bello,Obi",
    ),
    (
        3,
        "Mohammed,Ahmad,Khalid,Yousef,Tariq,Faisal,Omar,Bilal,Samir,Nabil,Ziad,Abdul Rahman,Abdirahman,Mahad",
        "Fatima,Aisha,Layla,Noor,Hanan,Zainab,Rania,Salma,Huda,Amal,Iman,Khadija,Hodan,Ifrah",
        "Al-Masri,Haddad,Khoury,El-Sayed,Abdullah,Al Jabouri,bin Laith,Nasser,Saleh,Darwish,Hassan,Farah,Warsame,Abdi,Jama,Rahimi,Karimi,Noorzai,Abu Zaid,Shaheen,Kassab,Mansour,Bazzi,Ali",
    ),
    (
        3,
        "Krzysztof,Zbigniew,Tadeusz,Wojciech,Stanisław,Bogdan,Dmitri,Vladislav,Yevgeny,Casimir,Milosz,Jarek",
        "Agnieszka,Małgorzata,Halina,Jadwiga,Wanda,Oksana,Svetlana,Lyudmila,Bronislawa,Danuta,Zofia,Ewa",
        "Kowalczyk,Wiśniewski,Szczepanski,Wojciechowski,Jablonski,Krzyzewski,Pietrowski,Dombrowski,Gorski,Maslanka,Czarnecki,Sobczak,Zielinski,Petrov,Ivanenko,Shevchuk,Volkov,Kuznetsova,Lysenko,Grabowski,Novak,Horvath,Szabo,Dvorak",
    ),
    (
        3,
        "Arjun,Rajesh,Venkatesh,Suresh,Ramakrishnan,Harpreet,Gurdeep,Vikram,Anand,Sanjay,Mohan,Dinesh,Imran",
        "Lakshmi,Priyanka,Kavitha,Sunita,Deepa,Harjit,Ananya,Meenakshi,Shanti,Usha,Gita,Parvati,Nasreen",
        "Patel,Krishnamurthy,Subramanian,Venkataraman,Singh,Kaur,Chatterjee,Mukhopadhyay,Iyer,Nair,Reddy,Deshpande,Bhattacharya,Gill,Sidhu,Rao,Shah,Das,Sen,Pillai,Chowdhury,Siddiqui,Qureshi,Malik",
    ),
    (
        3,
        "Wei,Jianguo,Xiaoming,Haoran,Zhiqiang,Guang,Kai-Ming,Takeshi,Hiroshi,Kenji,Sang-woo,Jun-ho,Young,Min",
        "Xiu Ying,Meiling,Yan,Fang,Xiaoyan,Li Na,Hui,Yumiko,Michiko,Haruka,Soon-ja,Eun-kyung,Ji,Sun",
        "Chen,Wang,Zhang,Xu,Zhao,Huang,Lin,Qiu,Ng,Ouyang,Yee,Tsai,Hsu,Cheung,Tanaka,Yamamoto,Fujimoto,Nakagawa,Kim,Park,Choi,Yoon,Kang,Oh,An,Moon,So,Yu",
    ),
    (
        2,
        "Tou,Pao,Chue,Kong Meng,Xai,Nhia,Bee,Fue,Yeng",
        "Mai Yia,Pa Houa,Kao Nou,Yer,Bao,Chao,Gao Sheng,See,Mee",
        "Vang,Xiong,Yang,Lor,Thao,Moua,Her,Vue,Cha,Hang,Khang,Lee,Kue,Saephan,Phommachanh",
    ),
    (
        2,
        "Kekoa,Keanu,Kaleo,Makoa,Ikaika,Sione,Tevita,Manu,Ioane,Kaipo",
        "Leilani,Kailani,Malia,Noelani,Puanani,Mele,Sina,Losa,Kalena,Ualani",
        "Kealoha,Kahananui,Kamaka,Nakamoto-Kaleo,Kanahele,Kapule,Makoa,Faleafa,Tuiasosopo,Leota,Fonoti,Taufa,Mahe,Keawe,Akana,Hokama,Keli‘i",
    ),
    (
        2,
        "Chaska,Waylon,Delmar,Elwood,Ahiga,Tokala,Leonard,Wilford,Thomasine,Alvin",
        "Winona,Aiyana,Tallulah,Dezbah,Shawnee,Verna,Delphine,Arvilla,Nizhoni,Cheyenne",
        "Begay,Tsosie,Yazzie,Benally,Nez,Red Cloud,Standing Bear,Two Bulls,Iron Horse,Whitehorse,Littlelight,Runs After,Spotted Elk,Manygoats,Big Crow,Deschenie,Oxendine,Locklear,Swimmer,Good Voice,Kills Small,Black Elk,Echohawk,Bird",
    ),
    (
        3,
        "Declan,Seamus,Brendan,Finbar,Cormac,Liam,Angus,Hamish,Ewan,Rhys",
        "Siobhan,Niamh,Maeve,Aoife,Deirdre,Fiona,Mairead,Bronwyn,Colleen,Shauna",
        "O'Brien,O’Shaughnessy,O'Dell,O'Keefe,O Connor,McAllister,McGillicuddy,MacLeod,Mac Intyre,McNamee,Mc Bride,Fitzgerald,Gallagher,Donoghue,Brannigan,Cavanaugh,Mulcahy,St. Clair,St. John,St Pierre,FitzPatrick,Quigley,McDade",
    ),
    (
        3,
        "Giovanni,Salvatore,Carmine,Dominic,Pasquale,Vito,Klaus,Dieter,Jürgen,Pieter,Lars,Anders,Søren,Jean-Luc,Étienne,Guy,Konstantinos,Spiro",
        "Concetta,Filomena,Giulia,Ursula,Gretchen,Ingrid,Astrid,Saskia,Chantal,Geneviève,Marie-Claire,Eleni,Vasiliki,Brunhilde,Solveig,Renée,Anneliese,Zoë",
        "D'Angelo,DeLuca,Di Marco,Della Rocca,Esposito,Lo Presti,van der Berg,Van Dyke,Vander Molen,von Hagen,Von Der Heide,de Vries,Ten Eyck,Schmidt,Müller,Schwarzenbach,Oberholtzer,Zimmermann,Lindqvist,Søndergaard,Gustafson,LeBlanc,Le Blanc,DuPont,St. Germain,Papadopoulos,Stavropoulos,Karras,Ferreira,da Silva,dos Santos,Goldfarb,Rosenthal,Katz,Ben-David,Abramowitz",
    ),
    (
        1,
        "Aram,Vahan,Giorgi,Reza,Darius,Mehmet,Emre,Tenzin,Somchai,Bounmy,Sokha,Rommel",
        "Anahit,Nino,Shirin,Parisa,Elif,Pema,Malai,Sophea,Maricel,Jhoanna,Divina,Ligaya",
        "Hovhannisyan,Ter-Petrosyan,Beridze,Tehrani,Yilmaz,Ozturk,Wangchuk,Sherpa,Chanthavong,Sok,Chea,dela Cruz,Macaraeg,Dimaculangan,Bautista,Magsaysay,Tesfaye,Gebremedhin,Haile,Bekele,Ndayizeye,Uwimana",
    ),
];

/// Short forms of given names.
pub(super) const SHORT: &[(&str, &str)] = &[
    ("James", "Jim"),
    ("Robert", "Bob"),
    ("Harold", "Hal"),
    ("Margaret", "Peggy"),
    ("Dorothy", "Dot"),
    ("Beverly", "Bev"),
    ("Kathleen", "Kathy"),
    ("Pamela", "Pam"),
    ("Deborah", "Deb"),
    ("Randall", "Randy"),
    ("Douglas", "Doug"),
    ("Clifford", "Cliff"),
    ("Francisco", "Paco"),
    ("José", "Pepe"),
    ("Guadalupe", "Lupe"),
    ("Dolores", "Lola"),
    ("Dominic", "Nic"),
    ("Salvatore", "Sal"),
    ("Krzysztof", "Kris"),
    ("Zbigniew", "Zbig"),
    ("Lakshmi", "Lucky"),
    ("Reginald", "Reggie"),
    ("Terrence", "Terry"),
    ("Wesley", "Wes"),
    ("Chukwuemeka", "Emeka"),
    ("Mohammed", "Mo"),
    ("Abdirahman", "Abdi"),
    ("Leilani", "Lani"),
    ("Wilhelmina", "Billie"),
    ("Bernice", "Bunny"),
    ("Lorraine", "Lori"),
    ("Melanie", "Mel"),
];

/// Nicknames that are made from no name.
pub(super) const NICK: &[&str] = &[
    "Skip", "Bubba", "Butch", "Tiny", "Red", "Sissy", "Mimi", "Chico", "Ace", "Cookie", "Peanut",
    "Buzz", "Dee", "JJ", "TJ", "Bird", "Pops", "Missy", "Moose", "Scooter",
];
