"""The built-in table of countries: complete, right, and free of names that two countries share."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

import pytest
from babel import Locale

from dossier.countries import builtin
from dossier.countries.refresh import NOT_COUNTRIES, cldr_json, cldr_names, reduced, world_json
from dossier.countries.spelling import plural, slug, spellings
from dossier.countries.table import Correction, SourceRow, cldr, corrections, country, source
from dossier.model import Ref
from dossier.schema import Country

TABLE = builtin()
BY_CODE = {str(entry.iso): entry for entry in TABLE.values()}

MEMBERS = """
AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG CD
CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ
IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM
NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO
ZA SS ES LK SD SR SE CH SY TJ TH TL TG TO TT TN TR TM TV UG UA AE GB TZ US UY UZ VU VE VN YE ZM ZW
"""
UN_MEMBERS = MEMBERS.split()
OBSERVERS = ["PS", "VA"]

# One line: what people write | its code | the type of the name.
NAMES = """
Britain | GB | alias
Great Britain | GB | alias
United Kingdom | GB | name
United Kingdom of Great Britain and Northern Ireland | GB | official
UK | GB | abbreviation
U.K. | GB | abbreviation
United States | US | name
United States of America | US | official
America | US | alias
US | US | abbreviation
U.S. | US | abbreviation
USA | US | abbreviation
U.S.A. | US | abbreviation
Turkey | TR | name
Türkiye | TR | alias
Turkiye | TR | alias
Republic of Turkey | TR | alias
Republic of Türkiye | TR | official
Myanmar | MM | name
Burma | MM | previous
Ivory Coast | CI | name
Côte d'Ivoire | CI | alias
Cote d'Ivoire | CI | alias
Czechia | CZ | name
Czech Republic | CZ | official
Netherlands | NL | name
Holland | NL | alias
Eswatini | SZ | name
Swaziland | SZ | previous
North Macedonia | MK | name
Macedonia | MK | previous
FYROM | MK | abbreviation
Cape Verde | CV | name
Cabo Verde | CV | alias
East Timor | TL | alias
Timor-Leste | TL | name
United Arab Emirates | AE | name
UAE | AE | abbreviation
U.A.E. | AE | abbreviation
Emirates | AE | weak
DR Congo | CD | name
DRC | CD | abbreviation
Democratic Republic of the Congo | CD | official
Democratic Republic of Congo | CD | alias
Congo-Kinshasa | CD | alias
Zaire | CD | previous
Republic of the Congo | CG | name
Republic of Congo | CG | alias
Congo-Brazzaville | CG | alias
Bosnia | BA | alias
Bosnia and Herzegovina | BA | name
Bosnia & Herzegovina | BA | alias
Bosnia-Herzegovina | BA | alias
Russia | RU | name
Russian Federation | RU | official
South Korea | KR | name
Republic of Korea | KR | official
ROK | KR | abbreviation
North Korea | KP | name
Democratic People's Republic of Korea | KP | official
DPRK | KP | abbreviation
China | CN | name
People's Republic of China | CN | official
PRC | CN | abbreviation
Taiwan | TW | name
Republic of China | TW | official
Chinese Taipei | TW | alias
Formosa | TW | previous
Hong Kong | HK | name
Macau | MO | name
Macao | MO | alias
Vatican | VA | alias
Vatican City | VA | name
Holy See | VA | alias
Palestine | PS | name
State of Palestine | PS | official
Palestinian territories | PS | alias
Palestinian Territories | PS | alias
Kosovo | XK | name
Iran | IR | name
Islamic Republic of Iran | IR | official
Persia | IR | previous
Syria | SY | name
Syrian Arab Republic | SY | official
Laos | LA | name
Lao People's Democratic Republic | LA | official
Vietnam | VN | name
Viet Nam | VN | alias
Brunei | BN | name
Brunei Darussalam | BN | official
Moldova | MD | name
Republic of Moldova | MD | official
Bolivia | BO | name
Venezuela | VE | name
Bolivarian Republic of Venezuela | VE | official
Tanzania | TZ | name
Saudi Arabia | SA | name
Kingdom of Saudi Arabia | SA | official
KSA | SA | abbreviation
Ireland | IE | name
Republic of Ireland | IE | alias
Sri Lanka | LK | name
Ceylon | LK | previous
Thailand | TH | name
Siam | TH | previous
Cambodia | KH | name
Kampuchea | KH | previous
Zimbabwe | ZW | name
Rhodesia | ZW | previous
Zambia | ZM | name
Northern Rhodesia | ZM | previous
Burkina Faso | BF | name
Upper Volta | BF | previous
Benin | BJ | name
Dahomey | BJ | previous
Bangladesh | BD | name
East Pakistan | BD | previous
Germany | DE | name
Federal Republic of Germany | DE | official
West Germany | DE | previous
Belarus | BY | name
Byelorussia | BY | previous
Kyrgyzstan | KG | name
Kyrgyz Republic | KG | official
Gambia | GM | name
Republic of the Gambia | GM | official
Bahamas | BS | name
Philippines | PH | name
Republic of the Philippines | PH | official
Micronesia | FM | name
Federated States of Micronesia | FM | official
Saint Lucia | LC | name
St. Lucia | LC | alias
St Lucia | LC | alias
St. Kitts and Nevis | KN | alias
Saint Vincent and the Grenadines | VC | name
St. Vincent & Grenadines | VC | alias
São Tomé and Príncipe | ST | name
Sao Tome and Principe | ST | alias
Antigua & Barbuda | AG | alias
Trinidad and Tobago | TT | name
Guinea | GN | name
Guinea-Bissau | GW | name
Equatorial Guinea | GQ | name
Papua New Guinea | PG | name
Samoa | WS | name
American Samoa | AS | name
Western Samoa | WS | previous
Sudan | SD | name
South Sudan | SS | name
Niger | NE | name
Nigeria | NG | name
Dominica | DM | name
Dominican Republic | DO | name
Western Sahara | EH | name
Falklands | FK | alias
Faroe Islands | FO | name
U.S. Virgin Islands | VI | name
US Virgin Islands | VI | alias
British Virgin Islands | VG | name
Curacao | CW | alias
Georgia | GE | name
Jordan | JO | name
Chad | TD | name
Suriname | SR | name
Surinam | SR | alias
"""

# One line: a code, then what its people and things are called.
DEMONYMS = """
AE: Emirati, Emiratis
AF: Afghan, Afghans
AL: Albanian, Albanians
AM: Armenian, Armenians
AR: Argentine, Argentines, Argentinian, Argentinians
AT: Austrian, Austrians
AU: Australian, Australians
AZ: Azerbaijani, Azerbaijanis, Azeri, Azeris
BA: Bosnian, Bosnians, Bosnian Serb, Bosnian Serbs
BB: Barbadian, Bajan
BD: Bangladeshi, Bangladeshis
BE: Belgian, Belgians
BF: Burkinabe
BG: Bulgarian, Bulgarians
BH: Bahraini, Bahrainis
BR: Brazilian, Brazilians
BW: Motswana, Batswana, Botswanan
BY: Belarusian, Belarusians
CA: Canadian, Canadians
CH: Swiss
CI: Ivorian, Ivorians
CL: Chilean, Chileans
CM: Cameroonian
CN: Chinese
CO: Colombian, Colombians
CU: Cuban, Cubans
CV: Cape Verdean, Cabo Verdean
CY: Cypriot, Cypriots, Greek Cypriots, Turkish Cypriot
CZ: Czech, Czechs
DE: German, Germans
DJ: Djiboutian
DK: Danish, Dane, Danes
DZ: Algerian, Algerians
EC: Ecuadorian, Ecuadorians
EE: Estonian, Estonians
EG: Egyptian, Egyptians
EH: Sahrawi, Sahrawis
ER: Eritrean, Eritreans
ES: Spanish, Spaniard, Spaniards
ET: Ethiopian, Ethiopians
FI: Finnish, Finn, Finns
FR: French, Frenchman, Frenchmen, Frenchwoman, Frenchwomen
GB: British, Briton, Britons, Brit, Brits
GE: Georgian, Georgians
GH: Ghanaian
GL: Greenlandic, Greenlander, Greenlanders
GR: Greek, Greeks
GW: Bissau-Guinean
HK: Hong Konger, Hong Kongers, Hongkongers
HR: Croatian, Croatians, Croat, Croats
HT: Haitian, Haitians
HU: Hungarian, Hungarians
ID: Indonesian, Indonesians
IE: Irish, Irishman, Irishmen, Irishwoman
IL: Israeli, Israelis
IN: Indian, Indians
IQ: Iraqi, Iraqis
IR: Iranian, Iranians
IS: Icelandic, Icelander, Icelanders
IT: Italian, Italians
JM: Jamaican
JO: Jordanian, Jordanians
JP: Japanese
KE: Kenyan, Kenyans
KG: Kyrgyz, Kyrgyzstani
KH: Cambodian, Cambodians
KP: North Korean, North Koreans
KR: South Korean, South Koreans
KW: Kuwaiti, Kuwaitis
KZ: Kazakh, Kazakhs, Kazakhstani
LA: Lao, Laotian, Laotians
LB: Lebanese
LK: Sri Lankan, Sri Lankans
LS: Basotho, Mosotho
LT: Lithuanian, Lithuanians
LU: Luxembourger, Luxembourgish
LV: Latvian, Latvians
LY: Libyan, Libyans
MA: Moroccan, Moroccans
MD: Moldovan, Moldovans
ME: Montenegrin, Montenegrins
MG: Malagasy
MK: Macedonian, Macedonians, North Macedonian
MM: Burmese
MT: Maltese
MX: Mexican, Mexicans
MY: Malaysian
NE: Nigerien, Nigeriens
NG: Nigerian, Nigerians
NL: Dutch, Dutchman, Dutchmen, Dutchwomen
NO: Norwegian, Norwegians
NP: Nepali, Nepalis, Nepalese
NZ: New Zealander, New Zealanders
OM: Omani, Omanis
PH: Filipino, Filipinos, Filipina, Philippine
PK: Pakistani, Pakistanis
PL: Polish, Pole, Poles
PS: Palestinian, Palestinians
PT: Portuguese
QA: Qatari, Qataris
RO: Romanian, Romanians
RS: Serbian, Serbians, Serb, Serbs
RU: Russian, Russians
SA: Saudi, Saudis, Saudi Arabian
SD: Sudanese
SE: Swedish, Swede, Swedes
SG: Singaporean
SI: Slovenian, Slovene, Slovenes
SK: Slovak, Slovaks
SN: Senegalese
SO: Somali, Somalis
SS: South Sudanese
SV: Salvadoran, Salvadorans
SY: Syrian, Syrians
SZ: Swazi, Swazis
TH: Thai, Thais
TJ: Tajik, Tajiks
TL: Timorese, East Timorese
TM: Turkmen
TN: Tunisian, Tunisians
TR: Turkish, Turk, Turks
TT: Trinidadian, Tobagonian
TW: Taiwanese
UA: Ukrainian, Ukrainians
UG: Ugandan
US: American, Americans
UZ: Uzbek, Uzbeks
VE: Venezuelan, Venezuelans
VN: Vietnamese
VU: Ni-Vanuatu
XK: Kosovar, Kosovars, Kosovan
YE: Yemeni, Yemenis
ZA: South African, South Africans
ZM: Zambian
ZW: Zimbabwean
"""

# One line: a code, its capital, and what else stands for its government.
CAPITALS = """
RU: Moscow; Kremlin
US: Washington; White House
GB: London; Downing Street, Whitehall
FR: Paris; Élysée, Elysee, Élysée Palace, Elysee Palace
CN: Beijing; Peking
IR: Tehran; Teheran
UA: Kyiv; Kiev
DE: Berlin;
JP: Tokyo;
KR: Seoul; Blue House
KP: Pyongyang;
IN: New Delhi; Delhi
TR: Ankara;
SY: Damascus;
EG: Cairo;
SA: Riyadh;
PL: Warsaw;
BY: Minsk;
AU: Canberra;
CA: Ottawa;
KZ: Astana; Nur-Sultan
MM: Naypyidaw; Naypyitaw
MN: Ulaanbaatar; Ulan Bator
MD: Chișinău; Chisinau
BR: Brasília; Brasilia
CO: Bogotá; Bogota
TD: N'Djamena; Ndjamena
YE: Sana'a; Sanaa
XK: Pristina; Prishtina
TW: Taipei;
PS: Ramallah;
SZ: Mbabane;
TZ: Dodoma;
BI: Gitega;
"""

# Capitals whose names do not, or not safely, stand for a government; each has its reason in corrections.toml.
NOT_METONYMS = """
BE Brussels; BG Sofia; BS Nassau; CL Santiago; CR San José; GY Georgetown; IL Jerusalem; JM Kingston; MV Malé;
NL Amsterdam; PA Panama City; SC Victoria; ZA Cape Town; BO Sucre; AG Saint John's; GD St. George's
"""


def bearers() -> dict[str, dict[str, str]]:
    """Every name, in lower case, with the codes of the countries that bear it and its type there."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for entry in TABLE.values():
        for name, kind in typed_names(entry):
            found[name.casefold()].setdefault(str(entry.iso), kind)
    return dict(found)


def typed_names(entry: Country) -> Iterator[tuple[str, str]]:
    """All names of an entry and their types, the most telling first."""
    yield entry.name, "name"
    if entry.official_name:
        yield entry.official_name, "official"
    yield from ((alias.name, alias.type) for alias in entry.aliases)
    yield from ((demonym, "demonym") for demonym in entry.demonyms)


BEARERS = bearers()


def lines(table: str) -> list[str]:
    """The lines of a table above."""
    return [line for line in table.strip().splitlines() if line]


def test_every_territory_of_cldr_has_its_entry_and_there_is_no_other() -> None:
    """The ids are the slugs of the English names that Babel gives the countries of ISO 3166-1 and Kosovo."""
    names = cldr_names(Locale("en").territories)
    assert {entry.iso: ref for ref, entry in TABLE.items()} == {
        code: Ref("countries", slug(name)) for code, name in names.items()
    }
    assert len(TABLE) == 250


def test_what_is_left_out_of_cldr_is_no_country() -> None:
    """Codes of two letters without an entry are groups of states, parts of states and tests."""
    territories = Locale("en").territories
    assert sorted(territories[code] for code in NOT_COUNTRIES) == [
        "Ascension Island", "Canary Islands", "Ceuta & Melilla", "Clipperton Island", "Diego Garcia",
        "European Union", "Eurozone", "Outlying Oceania", "Pseudo-Accents", "Pseudo-Bidi", "Sark",
        "Tristan da Cunha", "United Nations", "Unknown Region",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "entry_id"),
    [
        ("US", "united-states"), ("RU", "russia"), ("KR", "south-korea"), ("TR", "turkiye"), ("CI", "cote-d-ivoire"),
        ("CD", "congo-kinshasa"), ("BA", "bosnia-herzegovina"), ("HK", "hong-kong-sar-china"),
        ("MM", "myanmar-burma"), ("VI", "u-s-virgin-islands"), ("ST", "sao-tome-principe"), ("AX", "aland-islands"),
    ],
)  # fmt: skip
def test_ids_are_slugs_of_cldr_names(code: str, entry_id: str) -> None:
    """An id does not change with the name that readers see."""
    assert TABLE[Ref("countries", entry_id)].iso == code


def test_all_members_and_observers_of_the_united_nations_are_there() -> None:
    """193 members, two observers, all in a region of the world and with a capital."""
    assert len(set(UN_MEMBERS)) == 193
    for code in UN_MEMBERS + OBSERVERS:
        assert BY_CODE[code].capital, code
        assert BY_CODE[code].region, code
    assert {row.alpha2 for row in source() if row.un} == {*UN_MEMBERS, "VA"}


@pytest.mark.parametrize("line", lines(NAMES))
def test_usual_names(line: str) -> None:
    """What people write names the country they mean, and no other."""
    name, code, kind = (part.strip() for part in line.split("|"))
    assert BEARERS.get(name.casefold(), {}) == {code: kind}
    assert name in {n for n, _ in typed_names(BY_CODE[code])}, "the spelling differs in capitals"


@pytest.mark.parametrize("line", lines(DEMONYMS))
def test_demonyms(line: str) -> None:
    """A demonym in the singular, the plural or as an adjective is one country's."""
    code, _, words = line.partition(": ")
    for word in words.split(", "):
        assert word in BY_CODE[code].demonyms
        assert set(BEARERS.get(word.casefold(), {})) == {code}, word


@pytest.mark.parametrize("line", lines(CAPITALS))
def test_capitals_and_other_metonyms(line: str) -> None:
    """A capital is named in the entry, and it and its other spellings stand for the government."""
    code, _, rest = line.partition(": ")
    capital, _, others = rest.partition(";")
    assert BY_CODE[code].capital == capital
    for name in (capital, *(other.strip() for other in others.split(",") if other)):
        assert BEARERS.get(name.casefold(), {}) == {code: "metonym"}


def test_capitals_of_members_are_metonyms_unless_a_reason_is_given() -> None:
    """Only listed capitals, and those named like their country, do not stand for the government."""
    without = {
        f"{code} {capital}"
        for code in UN_MEMBERS
        for capital in str(BY_CODE[code].capital).split(", ")
        if BEARERS.get(capital.casefold(), {}).get(code) not in ("metonym", "name")
    }
    assert without == {line.strip() for line in NOT_METONYMS.replace("\n", " ").split(";")} | {"ZA Bloemfontein"}


def test_only_weak_names_are_shared() -> None:
    """A name that two countries bear is weak on both, so that whoever links sees the ambiguity."""
    shared = {name: kinds for name, kinds in BEARERS.items() if len(kinds) > 1}
    assert {kind for kinds in shared.values() for kind in kinds.values()} == {"weak"}
    assert {name: set(kinds) for name, kinds in shared.items()} == {
        "korea": {"KP", "KR"}, "korean": {"KP", "KR"}, "koreans": {"KP", "KR"},
        "congo": {"CD", "CG"}, "congolese": {"CD", "CG"},
        "dominican": {"DM", "DO"}, "dominicans": {"DM", "DO"},
        "virgin islands": {"VG", "VI"}, "virgin islander": {"VG", "VI"}, "virgin islanders": {"VG", "VI"},
        "channel islands": {"GG", "JE"}, "channel islander": {"GG", "JE"}, "channel islanders": {"GG", "JE"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Soviet Union", "USSR", "Yugoslavia", "Czechoslovakia", "East Germany", "England", "Scotland", "Wales",
        "Northern Ireland", "Gaza", "West Bank", "Crimea", "Kiwi", "Kiwis", "Island", "Reunion", "Male",
        "GB", "SA", "Brussels", "The Hague", "Geneva", "Europe", "Africa", "Arab", "Kurd", "Latin America",
    ],
)  # fmt: skip
def test_no_names(name: str) -> None:
    """Parts of countries, states that are gone, groups of states and words of another meaning name no country."""
    assert name.casefold() not in BEARERS


def test_names_are_clean() -> None:
    """No name is empty, has spaces around it, is decomposed, has a typographic apostrophe, or is listed twice."""
    for entry in TABLE.values():
        names = [name for name, _ in typed_names(entry)]
        assert len(names) == len(set(names)), entry.name
        for text in (*names, entry.capital or "-", entry.region):
            assert text
            assert text == " ".join(text.split()) == unicodedata.normalize("NFC", text)
            assert "’" not in text


def test_regions_are_those_of_the_united_nations() -> None:
    """Subregions of M49, with their names."""
    assert {entry.region for entry in TABLE.values()} == {
        "Antarctica", "Australia and New Zealand", "Caribbean", "Central America", "Central Asia", "Eastern Africa",
        "Eastern Asia", "Eastern Europe", "Melanesia", "Micronesia", "Middle Africa", "Northern Africa",
        "Northern America", "Northern Europe", "Polynesia", "South America", "South-Eastern Asia", "Southern Africa",
        "Southern Asia", "Southern Europe", "Western Africa", "Western Asia", "Western Europe",
    }  # fmt: skip
    for code, region in {
        "RU": "Eastern Europe", "PL": "Eastern Europe", "CY": "Western Asia", "SS": "Eastern Africa",
        "US": "Northern America", "MX": "Central America", "AT": "Western Europe", "RS": "Southern Europe",
    }.items():  # fmt: skip
        assert BY_CODE[code].region == region


def test_every_correction_corrects_something() -> None:
    """A correction is of a known country and says nothing that the sources or the rules say already."""
    rows = {row.alpha2: row for row in source()}
    superfluous = [f"{code}: {what}" for code, fix in corrections().countries.items() for what in idle(fix, rows[code])]
    assert superfluous == []


def idle(fix: Correction, row: SourceRow) -> Iterator[str]:
    """Parts of a correction without which the entry would be the same."""
    whole = country(row, fix)
    for field, value in fix:
        if isinstance(value, str) and country(row, fix.model_copy(update={field: None})) == whole:
            yield f"{field} = {value}"
        if isinstance(value, tuple):
            for item in value:
                rest = tuple(other for other in value if other != item)
                without = country(row, fix.model_copy(update={field: rest}))
                if set(typed_names(without)) == set(typed_names(whole)):
                    yield f"{field}: {item}"
    if fix == Correction():
        yield "nothing"


def test_general_corrections_are_needed() -> None:
    """Words and demonyms that are kept from the rules would otherwise be changed by them."""
    derived = {other for entry in TABLE.values() for name, _ in typed_names(entry) for other in spellings(name)}
    assert corrections().english_words <= derived
    for demonym in corrections().invariable:
        assert plural(demonym)
        assert any(demonym in entry.demonyms for entry in TABLE.values())
    assert set(corrections().regions) <= {row.region for row in source()}


def test_the_caller_gets_a_table_of_its_own() -> None:
    """Changing the returned dictionary changes no other."""
    builtin().clear()
    assert len(builtin()) == 250


def test_the_table_needs_no_babel() -> None:
    """The package loads where only its own dependencies are installed."""
    code = "import sys; sys.modules['babel'] = None; from dossier.countries import builtin; print(len(builtin()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "250\n"


def test_refreshing_keeps_what_the_table_uses() -> None:
    """A refresh keeps the fields that are used, in a stable order and form."""
    entry = {
        "cca2": "KN",
        "ccn3": "659",
        "name": {"common": "Saint Kitts and Nevis", "official": "Federation of Saint Christopher and Nevis"},
        "unMember": True,
        "capital": ["Basseterre"],
        "subregion": "Caribbean",
        "demonyms": {"eng": {"f": "Kittitian or Nevisian", "m": "Kittitian or Nevisian"}},
        "latlng": [17.33333333, -62.75],
        "flag": "left out",
    }
    other = entry | {"cca2": "AG", "name": {"common": "Co\u0302te", "official": "D’X"}}
    assert world_json(reduced([entry, other])) == (
        '[\n{"alpha2": "AG", "numeric": "659", "name": "Côte", "official_name": "D\'X", "un": true, '
        '"capitals": ["Basseterre"], '
        '"region": "Caribbean", "demonyms": ["Kittitian", "Nevisian"], "latlng": [17.33, -62.75]},\n'
        '{"alpha2": "KN", "numeric": "659", "name": "Saint Kitts and Nevis", '
        '"official_name": "Federation of Saint Christopher and Nevis", "un": true, "capitals": ["Basseterre"], '
        '"region": "Caribbean", "demonyms": ["Kittitian", "Nevisian"], "latlng": [17.33, -62.75]}\n]\n'
    )
    assert cldr_json(cldr_names({"001": "world", "EU": "European Union", "BE": "Belgium", "AL": "Albania"})) == (
        '{\n"AL": "Albania",\n"BE": "Belgium"\n}\n'
    )


def test_the_files_are_as_a_refresh_writes_them() -> None:
    """The shipped CLDR names are those of the installed Babel; both files are in order."""
    assert cldr() == cldr_names(Locale("en").territories)
    assert list(cldr()) == sorted(cldr()) == [row.alpha2 for row in source()]
    folder = files("dossier.countries")
    assert folder.joinpath("cldr.json").read_text("utf-8") == cldr_json(cldr())
    written = folder.joinpath("world.json").read_text("utf-8")
    assert written == world_json(json.loads(written))
