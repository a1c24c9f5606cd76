"""GSTIN, the number of an Indian taxpayer: state code, PAN, entity, Z, check digit."""

import re

from shared.core.errors import Invalid

STATES = {
    "01": "Jammu and Kashmir",
    "02": "Himachal Pradesh",
    "03": "Punjab",
    "04": "Chandigarh",
    "05": "Uttarakhand",
    "06": "Haryana",
    "07": "Delhi",
    "08": "Rajasthan",
    "09": "Uttar Pradesh",
    "10": "Bihar",
    "11": "Sikkim",
    "12": "Arunachal Pradesh",
    "13": "Nagaland",
    "14": "Manipur",
    "15": "Mizoram",
    "16": "Tripura",
    "17": "Meghalaya",
    "18": "Assam",
    "19": "West Bengal",
    "20": "Jharkhand",
    "21": "Odisha",
    "22": "Chhattisgarh",
    "23": "Madhya Pradesh",
    "24": "Gujarat",
    "26": "Dadra and Nagar Haveli and Daman and Diu",
    "27": "Maharashtra",
    "29": "Karnataka",
    "30": "Goa",
    "31": "Lakshadweep",
    "32": "Kerala",
    "33": "Tamil Nadu",
    "34": "Puducherry",
    "35": "Andaman and Nicobar Islands",
    "36": "Telangana",
    "37": "Andhra Pradesh",
    "38": "Ladakh",
    "97": "Other Territory",
    "99": "Centre Jurisdiction",
}
PATTERN = "^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]$"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def check_digit(number: str) -> str:
    """The 15th character, from the 14 before it: Luhn's algorithm to base 36, weights 1, 2, 1, 2 …"""
    total = 0
    for position, character in enumerate(number[:14]):
        product = _DIGITS.index(character) * (1 + position % 2)
        total += product // 36 + product % 36
    return _DIGITS[-total % 36]


def fault(number: str) -> str | None:
    """What is wrong with a GSTIN in capitals, in words for its owner; None if nothing is."""
    if len(number) != 15:
        return f"A GSTIN has 15 characters; this one has {len(number)}."
    if not re.fullmatch(PATTERN, number):
        return "A GSTIN is a state code, a PAN, one character, Z and a check digit, like 27AAPFU0939F1ZV."
    if number[:2] not in STATES:
        return f"No state has the code {number[:2]}, with which this GSTIN begins."
    if number[14] != check_digit(number):
        return "The check digit of this GSTIN does not fit: one of the characters is mistyped."
    return None


def refuse_other_state(number: str | None, state_code: str | None) -> None:
    """Invalid where a GSTIN, if there is one, is of another state than the one that is kept beside it."""
    if number and state_code != number[:2]:
        said = f"is {state_code}" if state_code else "is missing"
        raise Invalid.at("#/state_code", f"The state {said}, but the GSTIN {number} is of state {number[:2]}.")
