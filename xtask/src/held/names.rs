//! Given and family names of many cultures, and rare and invented ones.

use std::sync::LazyLock;

use fastrand::Rng;

/// Given names of women.
const WOMEN: &str = "Abigail Adaeze Adelheid Agnieszka Aiko Aisling Akosua Alejandra Althea Amara \
    Amélie Ananya Anneliese Anjali April Ariadne Aroha Astrid Autumn Ayşe Bahar Beatriz Bernadette \
    Bethany Bharati Birgit Blessing Bożena Brandi Brenda Bronwyn Camila Candice Carmela Catalina \
    Charlene Charity Chiamaka Chloé Clara Clementine Concepción Consuelo Cordelia Cristal Daisy \
    Dagmar Darlene Dawn Deepika Delphine Destiny Dolores Dorothea Eartha Edith Eileen Eleni Elif \
    Elspeth Emerald Esperanza Esther Eun-ji Evangeline Faith Fatoumata Fatima Felicity Fern \
    Filomena Florence Freya Genevieve Geraldine Ginger Giulia Gloria Grace Graciela Guadalupe \
    Gwendolyn Hadiza Halina Harriet Hazel Heather Henrietta Hildegard Holly Honor Hope Hyacinth \
    Ifeoma Ilse Imelda Ingeborg Inés Irina Iris Isadora Ivy Jacinta Jade Jasmine Jocelyn Joy \
    Juana Juniper Kalpana Katarzyna Keisha Khadija Kimiko Kirsten Lakshmi Latoya Leilani Leocadia \
    Lily Linh Liesl Loretta Lucía Luz Mabel Magdalena Mahalia Mairéad Malgorzata Marguerite \
    Mariam Marisol May Melody Mercedes Mildred Minh-Anh Misty Myrtle Nadezhda Naomi Ngozi \
    Niamh Nkechi Noor Olga Olive Opal Oksana Pamela Patience Pearl Peggy Penny Perpetua Phyllis \
    Precious Priscilla Priyanka Prudence Quyen Rania Raquel Rhonda Roisín Rosalind Rose Ruby \
    Rukhsana Ruth Sabrina Sakura Sandy Saoirse Shanice Shirin Sigrid Siobhán Sky Sofía Soledad \
    Summer Svetlana Sylvia Tabitha Tatiana Temperance Thandiwe Theodora Tiffany Tomoko Trinity \
    Tuyet Uchenna Ursula Valentina Verity Vesna Violet Virginia Vivian Wanda Wilhelmina Winifred \
    Xiomara Yasmin Yevgenia Yolanda Yuki Zainab Zdenka Zofia Zuleika";

/// Given names of men.
const MEN: &str = "Aarav Abdul Abelardo Abner Adebayo Aditya Alasdair Alfonso Amadou Ambrose \
    Anatoly Angel Anselm Archibald Arjun Art Asher Augustín Axel Babatunde Barnaby Bartosz Basil \
    Benedikt Bernard Bill Björn Boris Braxton Bryce Buck Cedric Chance Charles Chase Chidi Chuck \
    Clarence Clay Clifford Cole Conrad Cornelius Curtis Cyrus Dakarai Dale Darnell Dashiell Dean \
    Declan Desmond Diego Dieter Dmitri Domingo Drew Duncan Earl Eamon Edmund Eduardo Efraín Eitan \
    Elijah Emeka Emmett Enrique Ephraim Erasmus Ernesto Étienne Ewan Ezekiel Farouk Felix Fergus \
    Fidel Finnian Floyd Francisco Frank Gareth Gene Gerardo Giancarlo Gideon Gilbert Grant Guillermo \
    Gunnar Guy Gyula Hakim Hamish Harold Haruto Hassan Heath Hector Henrik Herschel Hiroshi Horace \
    Howard Hugo Humberto Hunter Ichiro Idris Ignacio Igor Ibrahim Isaiah Ivo Jack Jacques Jamal \
    Jasper Javier Jebediah Jens Jerome Jesús Jin-woo Joaquín Jorge Josef Judd Justice Kamal Karim \
    Kwabena Kwame Kofi Kenji Kirk Lachlan Lamar Lance Lars László Laurence Leif Leopold Leroy \
    Lionel Lonnie Lorenzo Lowell Luther Mahmoud Major Malcolm Manuel Marcellus Mark Marlon \
    Marquis Mateusz Maurice Maxim Mehmet Merle Mikhail Miles Milo Miroslav Mohammed Mordecai \
    Moses Murray Nasser Nestor Nguyen-Vu Nikhil Norbert Obinna Octavio Olaf Oleksandr Omar Orlando \
    Oswaldo Otis Otto Parker Pascal Patrice Pedro Percival Phuoc Pierce Prince Quentin Rafael \
    Rajesh Ralph Ramón Rashid Ray Reed Reginald Rémi Rich Rigoberto Rob Rocco Roderick Roscoe \
    Rudolf Rufus Rusty Salvatore Sanjay Santiago Seamus Sebastián Sergei Seung-ho Sheldon Silas \
    Skip Solomon Stanislav Stefan Sterling Takeshi Tariq Terrence Thaddeus Theodore Tito Tobias \
    Tomasz Tremaine Tyrone Ulrich Umberto Ulises Vance Vernon Vikram Viktor Vincent Virgil Wade \
    Walter Wendell Wilbur Will Winston Woodrow Xavier Yaw Yitzhak Yusuf Zachary Zbigniew Zoltán";

/// Family names; `_` stands for a blank.
const FAMILIES: &str = "Abernathy Abiodun Acevedo Achterberg Adair Addison Adeyemi Afolabi Agarwal \
    Aguilar Ahlström al-Hakim al-Masri Alvarado Amankwah Amato Anand Andersson Antoniou Appiah \
    Aranda Arbuckle Archuleta Arslan Asante Ashworth Auerbach Avila Ayodele Babineaux Bachmann \
    Balogun Banerjee Banks Baptiste Barczak Barnhart Barrientos Bass Bateman Batista Bauer Beauchamp \
    Bean Beaumont Begaye Bell Benally Benavides Bergström Bernstein Berry Bhattacharya Bianchi \
    Birch Bird Bishop Blackwood Blankenship Block Bloom Boateng Bock Bond Bonilla Booker Boswell \
    Bouchard Boudreaux Bowie Brankovic Bridges Briggs Brodsky Brown Buckley Bui Burns Bush Butcher \
    Byrne Caballero Cabrera Calderón Callahan Camacho Campos Cardenas Carlisle Carr Castellanos \
    Cavanaugh Cerny Chakraborty Chandrasekaran Chaudhry Chavez Chen Cheung Chinwe Cho Chowdhury \
    Christodoulou Church Clearwater Coffey Cohen Coleman Collingwood Contreras Cook Coombs Corcoran \
    Costigan Crane Crawley Cross Cruz Cushing Czajkowski D'Amico D'Angelo Dabrowski Dahl Dang Das \
    Daugherty Day de_Groot de_la_Cruz de_León de_Souza DeLuca DeMarco Delacroix Delgado Demir \
    Deshmukh Desrosiers Devereaux Di_Pietro Diallo Díaz Dimitrov Dlamini Do Dockery Donnelly \
    Doolittle Drummond du_Plessis Dubois Duong Early Eberhardt Echevarría Ehrlich Eisenberg El-Sayed \
    Elizondo Emerson Engström Ernst Escobar Espinoza Etxeberria Fairchild Farah Farouq Feldman \
    Fenstermacher Ferrari Field Figueroa Finch Fischer Fish Fitzgerald Fitzpatrick Flanagan Flores \
    Flowers Foley Fontaine Forde Fox Frost Fujimoto Funk Gallagher Gallegos Gamble Garza Gates \
    Gauthier Gebremariam Gentry Georgiou Ghosh Giordano Glass Glover Goldfarb Goldstein Gómez Good \
    Goode Grabowski Graves Gray Green Greenhalgh Grimaldi Grünwald Guerrero Gunderson Gupta Gutierrez \
    Gwozdz Haddad Hagen Haile Hammond Hand Hansen Haraldsson Hardy Hart Hashimoto Hayes Head \
    Heinrichs Henríquez Hernández Herrmann Hidalgo Hill Hinojosa Hirschfeld Hoang Hoffmann Holloway \
    Holt Honeycutt Horowitz Hossain Huang Huerta Hughes Hussein Huynh Ibarra Idowu Iglesias Inoue \
    Iqbal Ivanova Iwu Jablonski Jacobsen Jaramillo Jensen Jimenez Johal Jovanović Juarez Kabir \
    Kaczmarek Kahananui Kamau Kang Kapoor Karlsson Kaur Kawamoto Keane Keller Kelleher Khalil Khan \
    Kierkegaard Kim King Kirkpatrick Kirwan Klein Kline Knight Knox Kobayashi Kołodziej Kone \
    Kovács Kowalczyk Krishnamurthy Kuznetsov Kwon Kyei L'Heureux Labelle Lafleur Lam Lambert Lancaster \
    Landry Lang Larsen Lau Le Leal LeBlanc Lee Legg Lewandowski Li Lilly Lim Lindqvist Little Liu \
    Livingston Long Lopes Love Lovelace Lozano Lugo Luna Ly Lynch MacDougall Mac_Giolla Maddox \
    Magnusson Mahlangu Maldonado Malik Mancini Mandela March Marchetti Marín Marsh Martínez Masterson Mazur \
    Mbeki McAllister McBride McCabe McCarthy McElroy McGillicuddy McKenzie McNamara Mehta Meier \
    Mendoza Mensah Meyerhoff Mikkelsen Milošević Miyamoto Mohamud Moon Morales Moreau Moreno \
    Moretti Morrow Moss Mukherjee Müller Muñoz Murphy Mutua Nagy Nair Nakagawa Navarro Ndiaye \
    Nene Ng Ngo Nguyen Nielsen Nightingale Noble Novak Nowak Nuñez Nwosu O'Brien O'Callaghan \
    O'Dowd O'Keefe O'Malley O'Rourke O'Sullivan Oakes Obi Ochoa Odom Oduya Ogunleye Okafor Okonkwo \
    Okoye Olaniyan Oliveira Olsen Ordoñez Orosco Ortega Ortíz Osei Overstreet Owusu Özdemir Pacheco \
    Padilla Page Paek Palmer Papadopoulos Parekh Park Parkinson Patel Paz Payne Peña Pennington Pereira \
    Petrenko Petrov Pham Phelps Phillips Pickett Piłsudski Pope Popescu Power Prasad Price Prieto \
    Puckett Quach Quigley Quintanilla Quispe Rahman Ramaswamy Ramos Rao Rasmussen Read Redcloud \
    Reinhardt Restrepo Reyes Rich Richter Riordan Rivera Rivers Rojas Romano Rose Rosenbaum Rosen \
    Rossi Rousseau Ruiz Rush Ryan Saavedra Sachdeva Salazar Saldívar Samuels Sanderson Sandoval \
    Santos Sanz Sato Savage Schaefer Schneider Schulz Schwarz Sculley Seaver Self Serrano Shah \
    Shapiro Sharp Shevchenko Short Siddiqui Silva Simmons Singh Skaggs Small Smalls Sokolov Solís \
    Solomon Sørensen Soto Spears St._Claire St._Pierre Standing_Bear Starr Steinmetz Stone Strand \
    Strong Suarez Subramanian Sullivan Suzuki Sweet Swift Szabó Szymanski Tadesse Takahashi Talavera \
    Tan Tanaka Taylor Tejada ten_Boom Teng Thibodeaux Thorne Thorvaldsen Tran Traoré Trevino Trujillo \
    Tsai Tsosie Turay Turner Uddin Ueda Ulloa Underwood Upadhyay Urbina Valdez Valencia van_Buren \
    van_den_Heuvel van_der_Meer Van_Dyke Vandermolen Vang Vargas Vasquez Vaughn Velasco Venkatesan \
    Vercruysse Villanueva Vo Voss von_Hagen von_Trotta Vu Wachowski Wagner Walsh Wambui Wang Ward \
    Washington Waters Weaver Webb Weiss West Whitaker White Whitehorse Wiśniewski Wilson Winter Wise \
    Wojcik Wolf Wong Woo Wood Worthy Wren Wu Xiong Xu Yamada Yang Yazzie Yeboah Yilmaz Yoder Young Yu \
    Zamora Zapata Zhang Zhao Ziegler Zielinski Zimmermann Zubairi";

const HEADS: &[&str] = &[
    "Bra", "Cal", "Dov", "Ele", "Fen", "Gar", "Hal", "Ist", "Jor", "Kel", "Lor", "Mar", "Ner",
    "Or", "Pel", "Quen", "Ros", "Sel", "Tam", "Ul", "Ver", "Wyn", "Xan", "Yor", "Zel", "Thra",
    "Blan", "Cru", "Dre", "Stav", "Ok", "Iwa", "Ndu", "Tche", "Pri",
];
const MIDDLES: &[&str] =
    &["", "", "", "a", "e", "i", "o", "der", "min", "lo", "vi", "shi", "ran", "tu", "ke"];
const GIVEN_TAILS: &[&str] = &[
    "den", "lynn", "ric", "ya", "sha", "tta", "via", "vin", "mir", "nique", "ton", "ra", "beth",
    "zo", "lis", "neth", "wyn", "do",
];
const FAMILY_TAILS: &[&str] = &[
    "sby", "gaard", "enko", "ovich", "wick", "mann", "haugh", "ucci", "quist", "dale", "ski",
    "ham", "stead", "oglu", "ides", "worthy", "bury", "akis", "well", "embe", "wala", "yan",
    "shvili", "ez", "ault", "more", "kin", "stra",
];

fn pick<'a>(rng: &mut Rng, of: &[&'a str]) -> &'a str {
    of[rng.usize(..of.len())]
}

/// The lists, cut at their blanks once.
struct Lists {
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    families: Vec<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    women: WOMEN.split_whitespace().collect(),
    men: MEN.split_whitespace().collect(),
    families: FAMILIES.split_whitespace().collect(),
});

/// A given name: of the lists, or with `rare` an invented one.
pub(super) fn given(rng: &mut Rng, male: bool, rare: bool) -> String {
    if rare {
        return [pick(rng, HEADS), pick(rng, MIDDLES), pick(rng, GIVEN_TAILS)].concat();
    }
    pick(rng, if male { &LISTS.men } else { &LISTS.women }).to_string()
}

/// A family name: of the list, or with `rare` an invented one.
pub(super) fn family(rng: &mut Rng, rare: bool) -> String {
    if rare {
        return [pick(rng, HEADS), pick(rng, MIDDLES), pick(rng, FAMILY_TAILS)].concat();
    }
    let name = pick(rng, &LISTS.families).replace('_', " ");
    match rng.u8(..20) {
        0 if !name.contains([' ', '-']) => {
            let second = pick(rng, &LISTS.families).replace('_', " ");
            if second.contains([' ', '-']) { name } else { format!("{name}-{second}") }
        }
        _ => name,
    }
}

/// A name in ASCII lower case, for mail addresses.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c.to_lowercase().next().unwrap_or(c) {
            'á' | 'ä' | 'à' | 'â' => Some('a'),
            'é' | 'è' | 'ê' => Some('e'),
            'í' | 'ı' => Some('i'),
            'ó' | 'ö' | 'ø' => Some('o'),
            'ú' | 'ü' => Some('u'),
            'ñ' => Some('n'),
            'ş' | 'ś' | 'š' => Some('s'),
            'ć' => Some('c'),
            'ż' => Some('z'),
            'ł' => Some('l'),
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// A person of a text.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The given name.
    pub(super) given: String,
    /// The middle name.
    pub(super) middle: String,
    /// The family name or names.
    pub(super) family: String,
    /// `Jr.` and the like, mostly empty.
    pub(super) suffix: &'static str,
    /// What friends say, mostly empty.
    pub(super) nick: String,
    /// He or she.
    pub(super) male: bool,
    /// The class of the name.
    pub(super) class: &'static str,
    /// What the person is to the patient, or the credential.
    pub(super) role: &'static str,
}

impl Person {
    /// Somebody new.
    pub(super) fn new(rng: &mut Rng, male: bool, class: &'static str) -> Person {
        let rare = rng.u8(..100) < 33;
        let (rare_given, rare_family) = match rng.u8(..3) {
            0 => (rare, rare),
            1 => (false, rare),
            _ => (rare, rng.u8(..4) == 0 && rare),
        };
        let given = given(rng, male, rare_given);
        let middle = self::given(rng, male, false);
        let mut family = family(rng, rare_family);
        if rng.u8(..40) == 0 {
            family = format!("{family} {}", self::family(rng, false));
        }
        let suffix = match rng.u8(..60) {
            0 if male => " Jr.",
            1 if male => " III",
            2 if male => ", Jr.",
            _ => "",
        };
        let nick = if rng.u8(..30) == 0 { self::given(rng, male, true) } else { String::new() };
        Person { given, middle, family, suffix, nick, male, class, role: "" }
    }

    /// The initial of a name.
    fn initial(name: &str) -> char {
        name.chars().next().unwrap_or('X')
    }

    /// The full name, in the order of speech.
    pub(super) fn full(&self, rng: &mut Rng) -> String {
        let Person { given, middle, family, suffix, nick, .. } = self;
        let initial = Self::initial(middle);
        if !nick.is_empty() && rng.bool() {
            return format!("{given} \"{nick}\" {family}{suffix}");
        }
        match rng.u8(..20) {
            0..=10 => format!("{given} {family}{suffix}"),
            11..=14 => format!("{given} {initial}. {family}{suffix}"),
            15..=16 => format!("{given} {initial} {family}"),
            17 => format!("{given} {middle} {family}{suffix}"),
            18 => format!("{} {}", given, family.to_uppercase()),
            _ => format!("{}. {middle} {family}", Self::initial(given)),
        }
    }

    /// The name with the family name first.
    pub(super) fn listed(&self, rng: &mut Rng) -> String {
        let Person { given, middle, family, .. } = self;
        let initial = Self::initial(middle);
        match rng.u8(..12) {
            0..=3 => format!("{family}, {given}"),
            4..=5 => format!("{family}, {given} {initial}."),
            6 => format!("{family}, {given} {initial}"),
            7 => format!("{family}, {given} {middle}"),
            8 => format!("{family},{given}").to_uppercase(),
            9 => format!("{family}, {given} {initial}").to_uppercase(),
            10 => format!("{}, {given}", family.to_uppercase()),
            _ => format!("{family}, {}.", Self::initial(given)),
        }
    }

    /// Given and family name.
    pub(super) fn plain(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// The family name behind initials.
    pub(super) fn short(&self, rng: &mut Rng) -> String {
        let (g, m) = (Self::initial(&self.given), Self::initial(&self.middle));
        match rng.u8(..4) {
            0 => format!("{g}.{m}. {}", self.family),
            1 => format!("{g} {}", self.family),
            _ => format!("{g}. {}", self.family),
        }
    }

    /// The name of a mailbox or an account.
    pub(super) fn handle(&self, rng: &mut Rng) -> String {
        let (given, family) = (plain(&self.given), plain(&self.family));
        let number = rng.u8(10..99);
        let g = given.chars().next().unwrap_or('x');
        match rng.u8(..7) {
            0 | 1 => format!("{given}.{family}"),
            2 => format!("{g}{family}"),
            3 => format!("{g}{family}{number}"),
            4 => format!("{given}_{family}"),
            5 => format!("{given}{number}"),
            _ => format!("{family}.{given}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_wide_and_clean() {
        let mut given: Vec<_> = WOMEN.split_whitespace().chain(MEN.split_whitespace()).collect();
        let mut family: Vec<_> = FAMILIES.split_whitespace().collect();
        given.sort_unstable();
        given.dedup();
        family.sort_unstable();
        family.dedup();
        assert!(given.len() >= 400, "{}", given.len());
        assert!(family.len() >= 500, "{}", family.len());
        assert!(given.iter().chain(&family).all(|name| !plain(name).is_empty()));
    }
}
