//! Given names and what people call those who bear them: a record says Robert, its note Bob.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Names of one person, folded: any for any. A name may stand in several.
const GROUPS: &[&str] = &[
    "abigail abby gail",
    "abraham abe bram",
    "agnes aggie nessa",
    "albert bert albie",
    "alexander alex alec sandy xander sasha",
    "alexandra alex sandra sandy lexi alexa",
    "alfred alfie fred",
    "alice allie ali",
    "alison allie ali",
    "amanda mandy amy",
    "andrea andi andie drea",
    "andrew andy drew",
    "angela angie",
    "ann anna annie anne nan nancy",
    "anthony tony ant",
    "antonio tony tono",
    "arthur art artie",
    "barbara barb barbie babs",
    "benjamin ben benny benji",
    "bernard bernie barney",
    "beverly bev",
    "bradley brad",
    "bridget bridie biddy",
    "cameron cam",
    "carolyn carol carrie lynn",
    "catherine katherine kathryn cathy kathy kate katie kay kitty kat",
    "charles charlie chuck chas charley",
    "charlotte lottie charlie",
    "christina christine chris chrissy tina christy",
    "christopher chris kit topher",
    "clifford cliff",
    "cynthia cindy",
    "daniel dan danny",
    "david dave davey davy",
    "deborah debra deb debbie",
    "dennis denny",
    "dolores lola dolly",
    "donald don donnie",
    "dorothy dot dottie dolly",
    "douglas doug",
    "edward ed eddie ted teddy ned",
    "eleanor ellie nell nora nellie",
    "elizabeth liz beth betty eliza lizzie betsy bess libby lisa",
    "emily em emmy",
    "eugene gene",
    "evelyn evie eve",
    "florence flo flossie",
    "frances fran frannie francie",
    "francis frank frankie fran",
    "francisco paco pancho frank",
    "franklin frank",
    "frederick fred freddie rick",
    "gabriel gabe",
    "george georgie",
    "gerald gerry jerry",
    "geraldine gerry geri",
    "gerard gerry jerry",
    "gregory greg",
    "guadalupe lupe lupita",
    "gwendolyn gwen wendy",
    "harold harry hal",
    "helen nell nellie lena",
    "henry hank harry hal",
    "howard howie",
    "ignacio nacho",
    "irene rena renie",
    "isabella isabel bella izzy belle",
    "jacob jake",
    "jacqueline jackie",
    "james jim jimmy jamie jem",
    "janet jan",
    "jeffrey geoffrey jeff geoff",
    "jennifer jen jenny jenn",
    "jeremiah jerry",
    "jessica jess jessie",
    "jesus chuy",
    "john johnny jack jon",
    "jonathan jon jonny nathan",
    "jose pepe",
    "joseph joe joey",
    "josephine jo josie fifi",
    "joshua josh",
    "judith judy",
    "kenneth ken kenny",
    "kimberly kim kimmy",
    "laura laurie lori",
    "lawrence laurence larry",
    "leonard leo len lenny",
    "leslie les",
    "lillian lily lil",
    "louis lou louie",
    "louise lou lulu",
    "lucille lucy",
    "manuel manny manolo",
    "margaret maggie meg peggy marge margie greta peg madge",
    "maria mary mari",
    "martha marty mattie",
    "martin marty",
    "mary molly polly mae mamie",
    "matthew matt matty",
    "maximilian max",
    "melissa missy mel lissa",
    "michael mike mikey mick mickey",
    "michelle shelly",
    "mildred millie",
    "mitchell mitch",
    "nathaniel nathan nate nat",
    "nicholas nick nicky",
    "nicole nikki nicky",
    "norman norm",
    "oliver ollie",
    "pamela pam",
    "patricia pat patty trish tricia patsy",
    "patrick pat paddy rick",
    "peter pete",
    "philip phillip phil pip",
    "rachel rae",
    "ralph ralphie",
    "raymond ray",
    "rebecca becky becca",
    "reginald reg reggie",
    "richard rick dick rich richie ricky",
    "robert bob bobby rob robbie bert",
    "roberta bobbie robbie",
    "roger rodge",
    "ronald ron ronnie",
    "rosario charo",
    "rosemary rosie rose",
    "russell russ rusty",
    "samantha sam sammy",
    "samuel sam sammy",
    "sandra sandy",
    "sarah sally sadie",
    "stanley stan",
    "stephanie steph steffi",
    "stephen steven steve stevie",
    "susan susanna suzanne sue susie suzy",
    "theodore ted teddy theo",
    "theresa teresa terry tess tessa terri",
    "thomas tom tommy",
    "timothy tim timmy",
    "valerie val",
    "veronica ronnie roni",
    "victor vic",
    "victoria vicky vicki tori",
    "vincent vince vinny",
    "virginia ginny ginger",
    "walter walt wally",
    "wendell wendy",
    "wilfred will fred",
    "william bill will billy willie liam",
    "winifred winnie freda",
    "zachary zach zack",
];

/// Shortest name that is looked for: `Ed` and `Al` are more often something else.
const CHARS_MIN: usize = 3;

static OTHERS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut others: HashMap<&str, Vec<&str>> = HashMap::new();
    for group in GROUPS {
        for one in group.split(' ') {
            let rest = group.split(' ').filter(|other| *other != one && other.len() >= CHARS_MIN);
            others.entry(one).or_default().extend(rest);
        }
    }
    others
});

/// What else somebody with this given name, folded, is called.
pub(super) fn of(given: &str) -> impl Iterator<Item = &'static str> {
    OTHERS.get(given).into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_each_other() {
        assert!(GROUPS.is_sorted());
        let all = |name: &str| of(name).collect::<Vec<_>>();
        assert!(all("robert").contains(&"bob") && all("bob").contains(&"robert"));
        assert!(all("pat").contains(&"patricia") && all("pat").contains(&"patrick"));
        assert!(!all("edward").contains(&"ed") && all("ed").contains(&"edward"));
        assert_eq!(all("xanbeth"), Vec::<&str>::new());
    }
}
