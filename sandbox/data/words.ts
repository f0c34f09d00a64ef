/** Word lists. Names of people and streets are the most common ones of Poland; firms are made up of their halves. */
const list = (text: string): readonly string[] => text.trim().split(/\s+/);
const phrases = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

export const FEMALE_NAMES = list(`
  Anna Katarzyna Maria Małgorzata Agnieszka Barbara Ewa Elżbieta Krystyna Magdalena Monika Joanna Teresa Danuta
  Natalia Zofia Julia Karolina Marta Beata Dorota Aleksandra Alicja Justyna Jolanta Iwona Hanna Grażyna Paulina
  Urszula Renata Sylwia Wiktoria Patrycja Emilia Ewelina Kinga Weronika Izabela Marzena Bożena Łucja Żaneta Świętosława
`);

export const MALE_NAMES = list(`
  Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Jakub Adam Marek Grzegorz Mateusz Wojciech Łukasz Mariusz
  Dariusz Zbigniew Rafał Kamil Robert Maciej Szymon Jacek Kacper Sławomir Henryk Tadeusz Bartosz Kazimierz Wiesław
  Przemysław Artur Sebastian Dominik Damian Daniel Radosław Żelisław Stanisław Józef Jerzy Ryszard Filip
`);

/** Of both genders alike. */
export const SURNAMES = list(`
  Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Kaczmarek Zając Król Wróbel Pawlak Walczak Dudek Stępień Michalak
  Sikora Baran Duda Szewczyk Pietrzak Marciniak Bąk Zalewa Włodarczyk Borkowicz Chmiel Sobczak Głowacz Kołodziej
  Szczepaniak Kubiak Kaźmierczak Cieślak Gajda Mróz Urban Wilk Czech Ptak Kozieł Żak Stefaniak Bednarz Kurek Kania
  Łuczak Mikołajczyk Owczarek Adamczyk Dąb Jaworek Piątek Świder Źrebiec Gołąb Tkacz Kosiba Ślusarczyk Rogala
`);

/** Of men; women's end in -a. */
export const ADJECTIVE_SURNAMES = list(`
  Kowalski Wiśniewski Kamiński Lewandowski Zieliński Szymański Dąbrowski Kozłowski Jankowski Wojciechowski
  Kwiatkowski Piotrowski Grabowski Nowakowski Pawłowski Michalski Nowicki Adamski Jabłoński Wieczorkowski Majewski
  Olszewski Jaworski Malinowski Pawlicki Górski Witkowski Rutkowski Sadowski Zawadzki Baranowski Chojnacki
  Czerwiński Ostrowski Sokołowski Wysocki Żukowski Błaszczykowski Leśniewski Śliwiński Łukaszewski Ćwikliński
  Gąsiorowski Różański Sędziakowski Dębicki Głowacki Wróblewski Kołodziejski Urbański
`);

export const CZECH_NAMES = list('Petr Jana Lukáš Tereza Tomáš Lenka Jiří Eva Ondřej Kateřina');
export const CZECH_SURNAMES = list('Novák Svoboda Dvořák Černý Procházka Kučera Veselý Horák Němec Marek');

export const STREETS = list(`
  Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Brzozowa Łąkowa Kwiatowa Sosnowa Kościelna Akacjowa Parkowa
  Zielona Kolejowa Sportowa Dębowa Kościuszki Mickiewicza Wrzosowa Słowackiego Sienkiewicza Piłsudskiego Klonowa
  Krakowska Warszawska Długa Wiejska Młyńska Rzemieślnicza Źródlana Świerkowa Żeromskiego
`);

/** City and the first digits of its postal codes. */
export const CITIES: readonly (readonly [city: string, postcode: string])[] = [
  ['Warszawa', '02'],
  ['Kraków', '31'],
  ['Łódź', '91'],
  ['Wrocław', '53'],
  ['Poznań', '61'],
  ['Gdańsk', '80'],
  ['Szczecin', '71'],
  ['Bydgoszcz', '85'],
  ['Lublin', '20'],
  ['Białystok', '15'],
  ['Katowice', '40'],
  ['Gdynia', '81'],
  ['Częstochowa', '42'],
  ['Radom', '26'],
  ['Toruń', '87'],
  ['Kielce', '25'],
  ['Rzeszów', '35'],
  ['Olsztyn', '10'],
  ['Bielsko-Biała', '43'],
  ['Zielona Góra', '65'],
  ['Żory', '44'],
  ['Świdnica', '58'],
];

/** Municipalities with schools of their own, in the genitive of their names. */
export const MUNICIPALITIES = list(`
  Kłodawa Świerklany Brzeźnica Dąbrówka Łagów Mściwojów Niedźwiedź Ożarowice Piecki Rędziny Sośnie Tłuchowo Wąpielsk
  Zawoja Żabno Gniezno Janów Kolno Liszki Michałowo
`);

/** Mailboxes of people. */
export const MAIL_DOMAINS = list('gmail.com wp.pl o2.pl onet.pl interia.pl op.pl poczta.onet.pl icloud.com tlen.pl');

export const FIRM_BEGINNINGS = list(`
  Alfa Beta Bud Drew Eko Euro Inter Kawa Lux Mega Metal Moto Nova Omni Perfekt Pol Pro Solid Stal Super Tech Trans
  Uni Vita Wod Zen Agro Aqua Astro Cargo Delta Forma Galant Hanza Impuls Jantar Klima Łada Marina Nord Orbis
`);

export const FIRM_ENDINGS = list(`
  Bud Complex Dom Dystrybucja Expert Food Gastro Group Handel Hurt Instal Invest Konsulting Logistyka Market Med
  Meble Office Partner Plast Projekt Serwis Studio System Tex Trade Transport Went
`);

export const TRADES = phrases(`
  Usługi Remontowe
  Biuro Rachunkowe
  Firma Handlowa
  Kawiarnia
  Usługi Informatyczne
  Studio Graficzne
  Gabinet Stomatologiczny
  Usługi Transportowe
  Zakład Stolarski
  Kancelaria
`);

export const GERMAN_FIRMS = phrases(`
  Bürobedarf Lehmann GmbH
  Kaffeehaus Schröder GmbH
  Müller & Söhne Handels GmbH
  Nordlicht Systeme GmbH
  Großhandel Weiß KG
`);

export const CZECH_FIRMS = phrases(`
  Kancelář Plus s.r.o.
  Dobrá Káva s.r.o.
  Severní Obchod a.s.
  Třinecké Služby s.r.o.
`);

export const SLOVAK_FIRMS = phrases(`
  Tatry Office s.r.o.
  Košická Káva s.r.o.
  Dunaj Trade a.s.
`);

export const AMERICAN_FIRMS = phrases(`
  Great Lakes Coffee Inc.
  Hudson Office Supply LLC
  Bay Area Roasters Inc.
`);

export const SCHOOLS = phrases(`
  Szkoła Podstawowa nr 1
  Szkoła Podstawowa nr 2
  Przedszkole Samorządowe
  Liceum Ogólnokształcące
  Gminny Ośrodek Kultury
`);
