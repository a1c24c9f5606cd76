"""Subject and text of the mails about tickets. Nothing that was said in one is in them, but its subject.

What its requester can do without tells him how to get no more of it: in the text, where no other link is, and always in
the header (see adapters/mail_message.py). What staff get is their work.
"""

NO_MORE = "To get no more mails of this kind, follow this link:\n\n{unsubscribe}\n\nBoxCostPro\n"

TICKET_MAILS = {
    "TICKET_CREATED": (
        "{number}: we have your ticket",
        "Dear {full_name},\n\n"
        "Your ticket {number} has reached us: {subject}\n\n"
        "You get a mail when we have answered. Until then you can add to it: sign in and open your tickets.\n\n"
        + NO_MORE,
    ),
    "TICKET_REPLIED": (
        "{number}: there is an answer",
        "Dear {full_name},\n\n"
        "There is an answer in your ticket {number}: {subject}\n\n"
        "Sign in and open your tickets to read it, and to answer.\n\n" + NO_MORE,
    ),
    "TICKET_ENDED": (
        "{number} is {outcome}",
        "Dear {full_name},\n\n"
        "Your ticket {number} is {outcome}: {subject}\n\n"
        "Tell us with this link, once, how content you are:\n\n"
        "{link}\n\n"
        "If something is still wrong, sign in and answer in the ticket; where it is closed, open a new one. Which\n"
        "mails you get you choose in your account.\n\n"
        "BoxCostPro\n",
    ),
    "TICKET_WAITING": (
        "{number} of {company_name}: a new ticket ({priority})",
        "Dear {full_name},\n\nA new ticket of priority {priority} has come in: {subject}\n\n{link}\n\nBoxCostPro\n",
    ),
    "TICKET_ANSWERED": (
        "{number} of {company_name}: the user has answered",
        "Dear {full_name},\n\nThere is a new message of the user in {number}: {subject}\n\n{link}\n\nBoxCostPro\n",
    ),
    "TICKET_ASSIGNED": (
        "{number} of {company_name} is yours ({priority})",
        "Dear {full_name},\n\n"
        "You have been assigned a ticket of priority {priority}: {subject}\n\n"
        "{link}\n\n"
        "BoxCostPro\n",
    ),
    "TICKET_DUE_SOON": (
        "{number} of {company_name}: {share} of the time is left",
        "Dear {full_name},\n\n"
        "The {promise} in {number} is due on {due}; {share} of the time is left. It is about: {subject}\n\n"
        "{link}\n\n"
        "BoxCostPro\n",
    ),
    "TICKET_OVERDUE": (
        "{number} of {company_name}: the {promise} is overdue",
        "Dear {full_name},\n\n"
        "The {promise} in {number} was due on {due}, and the user still waits. It is about: {subject}\n\n"
        "{link}\n\n"
        "BoxCostPro\n",
    ),
    "TICKET_ESCALATED": (
        "{number} of {company_name} was escalated to level {level}",
        "Dear {full_name},\n\n"
        "{number} was escalated to level {level} on {at}, because {why}. It is about: {subject}\n\n"
        "{link}\n\n"
        "BoxCostPro\n",
    ),
}
