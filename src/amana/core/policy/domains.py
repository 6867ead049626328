"""Which codes a code fact may hold, and how several are written.

Knows one open list by name, `iso-3166-1-alpha-3`: the officially assigned codes, XKX (Kosovo,
user-assigned) and the codes of ICAO Doc 9303 for persons without a State: XXA stateless, XXB refugee, XXC
refugee other than XXB. "Unspecified nationality" (XXX) is refused: not knowing is an empty fact, never a
code. `IRQ;UZB` means one or more of them, not known which; `IRQ+UZB` means both.
"""

from __future__ import annotations

from amana.core.facts import AllOf
from amana.core.policy.model import FactDef

_COUNTRIES = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH
BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB
CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO
GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN
IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA
MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER
NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU
RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT
WLF WSM YEM ZAF ZMB ZWE
"""

SCHEMES: dict[str, frozenset[str]] = {
    "iso-3166-1-alpha-3": frozenset(_COUNTRIES.split()) | {"XKX", "XXA", "XXB", "XXC"},
}


def domain(fact: FactDef) -> frozenset[str]:
    """Every code that `fact` may hold."""
    return SCHEMES[fact.scheme] if fact.scheme else frozenset(fact.values)


def parse_codes(text: str) -> frozenset[str]:
    """Codes as written in a file or a column.

    >>> parse_codes("UZB;IRQ") == frozenset({"IRQ", "UZB"})
    True
    >>> type(parse_codes("IRQ+UZB")).__name__
    'AllOf'
    """
    if "+" in text:
        return AllOf(part.strip() for part in text.split("+") if part.strip())
    return frozenset(part.strip() for part in text.split(";") if part.strip())


def write_codes(codes: frozenset[str]) -> str:
    """The inverse of `parse_codes`, sorted."""
    return ("+" if isinstance(codes, AllOf) else ";").join(sorted(codes))
