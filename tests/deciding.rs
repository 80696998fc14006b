//! How many keys it takes to decide on the names of a meeting.

use rapporteur::app::Message;
use rapporteur::workshop::*;

use crate::desk::{Desk, agenda};

/// What note-takers of four groups wrote: fragments, questions, observations with places in them.
const NOTES: [&str; 94] = [
    "Boat movements: travel to Malaysia is up since the new ferry started",
    "Most people who travel to Indonesia do so on a tourist visa",
    "Overland travel to Thailand has fallen, sea routes not counted",
    "Is travel to Malaysia with an expired passport recorded anywhere?",
    "Seasonal travel to Indonesia for the fishing months is not irregular",
    "Nobody measures onward travel to Thailand by bus",
    "Return travel to Viet Nam is paid by the carrier, not the agency",
    "Travel to Cambodia through the northern crossing: no figures after 2022",
    "Figures on travel to the Philippines come from two airlines only",
    "Malaysia asked for the figures by month",
    "Indonesia proposed one form for all small boats",
    "Thailand said that the form already exists in its ports",
    "Hotline is hard to reach for Vietnamese nationals who have no phone credit",
    "Interpreters for Cambodian nationals: three in the whole region",
    "Shelter rules differ for Indonesian nationals under 18",
    "How many Thai nationals are held longer than 30 days?",
    "Documents issued to Philippine nationals abroad take 90 days",
    "Malaysian nationals stranded by the storm went home within a week",
    "Fees for Vietnamese nationals were dropped last year",
    "The list of Cambodian nationals in detention was shared late",
    "Viet Nam reserved its position on the word “shall”",
    "The Philippines suggested a pilot with two ports",
    "Cambodia noted that training stopped in March",
    "Radio gap on the border with Malaysia, 40 km without a mast",
    "Two posts on the border with Thailand share one generator",
    "The road along the border with Cambodia floods in September",
    "Joint patrols near the border with Indonesia ended when the fuel money did",
    "Map of the border with Viet Nam is from 1998",
    "Dogs, drones and one boat: equipment on the border with Thailand",
    "Why is the border with Malaysia left out of the table?",
    "Singapore offered two places in its course",
    "Indonesia thanked the chair and repeated its concern about costs",
    "Malaysia would prefer to keep paragraph 4 as it is",
    "Laboratory in Singapore answers in ten days, in others it takes months",
    "Samples go to the laboratory in Singapore by courier",
    "No access to the laboratory in Thailand for small states",
    "A second laboratory in Indonesia is planned",
    "The ferry from Indonesia is not checked at night",
    "Cargo ferry from Indonesia: crew lists on paper",
    "The ferry from Malaysia docks at a private pier",
    "Passenger ferry from Singapore has its own scanner",
    "Thailand supported the pilot if someone else pays",
    "Viet Nam questioned the word “victim” in the title",
    "The Philippines stressed that fishers are not smugglers",
    "Migrant workers from Cambodia pay the broker twice",
    "Contracts of migrant workers from Indonesia are in one language only",
    "Housing of migrant workers from Viet Nam is inspected once a year",
    "Complaints by migrant workers from the Philippines are rarely followed up",
    "Skills of migrant workers from Cambodia are not recognised",
    "Insurance for migrant workers from Indonesia ends at the airport",
    "Brokers in Thailand advertise on social media",
    "Licences of brokers in Malaysia can be bought online",
    "A register of brokers in Indonesia would help labour attachés",
    "Brokers in Viet Nam ask for three months' pay",
    "Cambodia agreed with the text but not with the dates",
    "Indonesia opposed a deadline",
    "Malaysia welcomed the guide and wants it in four languages",
    "Court records in Thailand are not searchable",
    "Court records in Malaysia are closed for ten years",
    "Someone should compare court records in Singapore and elsewhere",
    "Prices in Singapore are too high for a regional office",
    "Storm season in the Philippines: no flights, no escorts",
    "Internet in Cambodia was down during the exercise",
    "Exchange rate of Thailand's baht made the budget useless",
    "Malaysia's east coast has no shelter",
    "Cyclone warnings for the Philippines reach the boats too late",
    "Hospitals in Viet Nam keep their own list of unknown persons",
    "A hospital in Thailand found the family through a tattoo",
    "Schools in Cambodia run the best awareness courses",
    "Thailand recalled that its law changed in May",
    "Singapore said it could host the next exercise",
    "The Philippines called for a shorter text",
    "Trucks wait two days at the gate to Thailand",
    "Trucks wait even longer at the gate to Cambodia",
    "At the gate to Viet Nam nobody speaks English",
    "Ransom calls came from numbers in Cambodia and Thailand",
    "Money goes through shops in Malaysia and Singapore",
    "Phones sold in Thailand and Viet Nam carry no registration",
    "Crews hired in Indonesia and the Philippines are paid by the trip",
    "Viet Nam informed the group that its hotline is new",
    "Indonesia expressed doubts about the budget",
    "Laos and Myanmar were not at the table",
    "Indonesia agreed to chair the small group",
    "Malaysia said that the budget is a national matter",
    "Cheap travel to Cambodia is advertised on buses",
    "Why travel to Malaysia by night, and without lights?",
    "Two of the migrant workers from Viet Nam were minors",
    "Retired Indonesian nationals teach the course for free",
    "Buoys along the border with Malaysia were stolen",
    "Unlicensed brokers in Cambodia keep the passports",
    "The ferry from Thailand carries no life vests",
    "Copies of the passport of a Thai fisher were found on a Malaysian boat",
    "A Cambodian teacher and a Filipino nurse explained it better than the leaflet",
    "Food for the Indonesian crew was delivered by a Singapore charity",
];

/// Words that come up again and again, as somebody who took these notes knows.
const AGAIN: [&str; 3] = ["travel to", "nationals", "border with"];

fn meeting() -> Desk {
    let delegations =
        ["Cambodia", "Indonesia", "Malaysia", "Philippines", "Singapore", "Thailand", "Viet Nam"];
    let agenda =
        Agenda { delegations: delegations.iter().map(ToString::to_string).collect(), ..agenda() };
    let mut desk = Desk::start((80, 24));
    desk.open_workshop(Workshop::new(&agenda), Some("group-1"));
    for note in NOTES {
        desk.keys(note).keys("<enter>");
    }
    desk.keys("<f9>");
    quiet(&mut desk);
    desk
}

fn quiet(desk: &mut Desk) {
    while desk.app.wants_idle() {
        desk.tell(Message::Idle);
    }
}

/// Somebody goes down the list: a neutral wording for what is certain, a phrase where its words come
/// up again, and the name for what is left. Every key is counted, Enter too.
#[test]
fn names_are_decided_on_with_a_third_of_the_keys() {
    let mut desk = meeting();
    let count = |desk: &Desk, certain: bool| {
        let open = desk.app.core.attributions.open.iter();
        open.filter(|one| one.hit.is_certain() == certain).count()
    };
    let (certain, others) = (count(&desk, true), count(&desk, false));
    assert!(certain + others >= 100 && others >= 70, "{certain} and {others}");
    let (mut for_certain, mut for_others) = (0, 0);
    while let Some(first) = desk.app.core.attributions.open.first().cloned() {
        let left = desk.app.core.attributions.open.len();
        if first.hit.is_certain() {
            for_certain += 1;
            desk.keys(if desk.app.core.attributions.reworded(&first).is_some() {
                "n"
            } else {
                "s"
            });
        } else {
            for_others += 2;
            let text = first.text.to_lowercase();
            let again = AGAIN.iter().any(|words| text.contains(words));
            desk.keys(if again { "p" } else { "S" }).keys("<enter>");
        }
        quiet(&mut desk);
        assert!(desk.app.core.attributions.open.len() < left, "{first:?}: {}", desk.text());
    }
    assert!(for_certain <= certain, "{for_certain} keys for {certain} certain mentions");
    assert!(for_others * 3 <= others, "{for_others} keys for {others} other mentions");
    // A late note that says the like again needs none.
    let phrases: Vec<String> =
        desk.app.core.workshop.phrases().into_iter().map(ToString::to_string).collect();
    assert!(phrases.contains(&"border with …".to_owned()), "{phrases:?}");
    let like = phrases[0].replace('…', "Cambodia");
    desk.keys("<f3>").keys(&like).keys("<enter><f9>");
    quiet(&mut desk);
    assert!(desk.text().contains("There are no names left to decide on."), "{}", desk.text());
    assert!(desk.text().contains("1 of them by a phrase since then"), "{}", desk.text());
}
