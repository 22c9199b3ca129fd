"""The invented policies of the demo archive and how they changed. Everything here was made up for it."""

import copy


def policy(title, *sections):
    return {"title": title, "sections": [list(s) for s in sections]}


class Edit:
    """The next version of a policy. Each step must find what it changes."""

    def __init__(self, base):
        self.result = copy.deepcopy(base)

    def section(self, heading):
        return next(s for s in self.result["sections"] if s[0] == heading)

    def reword(self, old, new):
        found = 0
        for section in self.result["sections"]:
            for i, item in enumerate(section[1]):
                for text in item if isinstance(item, list) else [item]:
                    if old not in text:
                        continue
                    found += 1
                    if isinstance(item, list):
                        item[item.index(text)] = text.replace(old, new)
                    else:
                        section[1][i] = text.replace(old, new)
        assert found == 1, (found, old)
        return self

    def drop(self, sentence):
        self.reword(sentence, "")
        for section in self.result["sections"]:
            section[1][:] = [" ".join(i.split()) if isinstance(i, str) else i for i in section[1]]
            section[1][:] = [i for i in section[1] if i]
        return self

    def append(self, heading, item):
        self.section(heading)[1].append(item)
        return self

    def entry(self, heading, text):
        next(i for i in self.section(heading)[1] if isinstance(i, list)).append(text)
        return self

    def add(self, after, heading, *items):
        sections = self.result["sections"]
        sections.insert(sections.index(self.section(after)) + 1, [heading, list(items)])
        return self

    def move(self, heading, after):
        sections = self.result["sections"]
        section = self.section(heading)
        sections.remove(section)
        sections.insert(sections.index(self.section(after)) + 1, section)
        return self


# ---- Fotonest: a photo-sharing service that grows up ---------------------------------------------------------------

FOTO_2004 = policy(
    "Privacy Policy",
    ["Who we are", [
        "Fotonest is a place to keep your photographs and to show them to the people you choose. This policy says what we do with what you give us – in plain words.",
    ]],
    ["What we collect", [
        "When you join we ask for your name, your e-mail address and a password. We also keep the photographs you upload and the captions you write.",
        ["Your name and e-mail address", "Your photographs and captions", "The date of your last visit"],
    ]],
    ["How we use it", [
        "We use your information to run the service and to write to you when something breaks. We may show small text advertisements beside public albums.",
        "We don’t read your private albums, and we don’t let machines read them either.",
    ]],
    ["Sharing", [
        "We will never sell your photographs or your personal information. We share them with nobody unless a court orders us to.",
    ]],
    ["How long we keep it", [
        "When you delete a photograph it is gone from our servers within 30 days. When you close your account we delete everything you gave us.",
    ]],
    ["Security", [
        "Your password is stored encrypted, and our servers stand behind a locked door in Rotterdam.",
    ]],
    ["Contact", [
        "Questions? Write to “privacy@fotonest.example” and a person will answer.",
    ]],
)
FOTO_2009 = (Edit(FOTO_2004)
             .reword("We may show small text advertisements beside public albums.",
                     "We will show advertisements beside public albums.")
             .reword("within 30 days", "within 90 days").result)
FOTO_2012 = (Edit(FOTO_2009)
             .move("Security", "What we collect")
             .append("Sharing", "Our advertising partner Brightlane Media receives the number of times a public album was viewed.")
             .reword("your name, your e-mail address and a password", "your name, your e-mail address, your birthday and a password")
             .entry("What we collect", "The kind of device you use").result)
FOTO_2015 = (Edit(FOTO_2012)
             .reword("We don’t read your private albums, and we don’t let machines read them either.",
                     "We don’t read your private albums.")
             .append("How we use it", "If you opt in, our software will recognise faces in your photographs so that you can find your friends.")
             .reword("We use your information to run the service and to write to you when something breaks.",
                     "We use your information to run the service. We use it to write to you when something breaks.").result)
FOTO_2018 = (Edit(FOTO_2015)
             .reword("If you opt in, our software will recognise faces in your photographs so that you can find your friends.",
                     "Our software will recognise faces in your photographs so that you can find your friends, unless you opt out in your settings.")
             .add("How long we keep it", "Your rights",
                  "You can ask us for a copy of the personal data we hold about you, have it corrected, or have it erased. We must answer within one month.",
                  "You can complain to the data protection authority of the country you live in.").result)
FOTO_2021 = (Edit(FOTO_2018)
             .drop("We will never sell your photographs or your personal information.")
             .reword("We share them with nobody unless a court orders us to.",
                     "We share your information with the companies of the Lumina Group and with courts that order us to.")
             .reword("Our advertising partner Brightlane Media receives the number of times a public album was viewed.",
                     "Our advertising partners Brightlane Media and Adrillic receive the number of times a public album was viewed and an identifier of the device that viewed it.")
             .result)
FOTO_2024 = (Edit(FOTO_2021)
             .append("How we use it", "We may use photographs in public albums to train image models.")
             .reword("When you close your account we delete everything you gave us.",
                     "When you close your account we delete everything you gave us, except what our models have learned from it.").result)

OLD = {"layout": "table", "meta": "windows-1252"}
FOTONEST = {
    "name": "Fotonest", "since": "2003", "url": "https://www.fotonest.example/privacy",
    "nav": ["Home", "Albums", "Join", "Help"],
    "captures": [
        {"at": "20040611083015", "url": "http://www.fotonest.example/privacy", "policy": FOTO_2004, "style": OLD},
        {"at": "20051120174402", "url": "http://www.fotonest.example/privacy", "as": "revisit", "of": "20040611083015"},
        {"at": "20070309120731", "url": "http://www.fotonest.example/privacy", "policy": FOTO_2004,
         "style": {"layout": "div", "meta": "windows-1252"}},
        {"at": "20090822054410", "url": "http://www.fotonest.example/privacy", "policy": FOTO_2009,
         "style": {"layout": "div"}, "coding": "gzip"},
        {"at": "20110214231155", "url": "http://www.fotonest.example/privacy", "as": "503"},
        {"at": "20120503101518", "policy": FOTO_2012, "style": {"layout": "div"}, "coding": "gzip"},
        {"at": "20140219194247", "as": "soft 404"},
        {"at": "20150408063350", "policy": FOTO_2015, "style": {"layout": "modern"}, "coding": "chunked"},
        {"at": "20180525000712", "policy": FOTO_2018, "style": {"layout": "modern", "numbers": True}},
        {"at": "20191012152233", "policy": FOTO_2018, "style": {"layout": "modern", "numbers": True, "banner": True}},
        {"at": "20210117210904", "policy": FOTO_2021, "style": {"layout": "modern", "numbers": True, "banner": True},
         "coding": "gzip"},
        {"at": "20240306114026", "policy": FOTO_2024, "style": {"layout": "modern", "numbers": True, "banner": True}},
    ],
}

# ---- Harbour & Pine: a bank that learns about arbitration ------------------------------------------------------------

BANK_2008 = policy(
    "Terms of Use",
    ["Your agreement with us", [
        "These terms apply when you use online banking at Harbour & Pine Bank. By signing in you accept them.",
        "We may change these terms. We will give you 60 days’ notice by letter before a change takes effect.",
    ]],
    ["Your account", [
        "Keep your password and your card number secret. Tell us at once if you think that somebody else knows them.",
        "You are liable for no more than $50 of payments that you did not make, provided that you tell us within two business days.",
    ]],
    ["Fees", [
        "Online banking is free. These fees apply to other services:",
        ["Overdraft: $15 for each day", "Stopped payment: $10", "Paper statement: free"],
    ]],
    ["Availability", [
        "We work to keep online banking open day and night. We are not liable for losses caused by maintenance that we announced at least 24 hours before.",
    ]],
    ["Disputes", [
        "If you are not satisfied, write to our ombudsman. The ombudsman will answer within 15 days.",
        "You may bring any claim before the courts of the county in which you live.",
    ]],
    ["Closing your account", [
        "You can close your account at any branch on any day. We will pay out your balance on the same day.",
    ]],
)
BANK_2010 = Edit(BANK_2008).reword("Overdraft: $15 for each day", "Overdraft: $29 for each day").result
BANK_2014 = (Edit(BANK_2008)
             .reword("by letter before a change takes effect", "by e-mail before a change takes effect")
             .reword("Paper statement: free", "Paper statement: $3").result)
BANK_2017 = (Edit(BANK_2014)
             .move("Closing your account", "Your account")
             .reword("Overdraft: $15 for each day", "Overdraft: $34 for each payment, up to four a day")
             .reword("60 days’ notice", "30 days’ notice").result)
BANK_2019 = (Edit(BANK_2017)
             .reword("You may bring any claim before the courts of the county in which you live.",
                     "Any claim must be decided by binding arbitration, and not by a court or a jury.")
             .append("Disputes", "You give up the right to take part in a class action against us.")
             .append("Disputes", "You can reject this section by writing to us within 45 days of opening your account.").result)
BANK_2022 = (Edit(BANK_2019)
             .add("Your account", "Instant payments",
                  "An instant payment cannot be called back. We are not liable for an instant payment that you authorised because you were deceived.")
             .reword("within two business days", "within one business day")
             .drop("The ombudsman will answer within 15 days.").result)
BANK_2024 = (Edit(BANK_2022)
             .reword("We are not liable for an instant payment that you authorised because you were deceived.",
                     "We will refund an instant payment of up to $5,000 that you authorised because you were deceived, if you tell us within 13 months.")
             .result)

HARBOUR = {
    "name": "Harbour & Pine Bank".replace("&", "&amp;"), "since": "1999",
    "url": "https://www.harbourpine.example/legal/terms", "nav": ["Accounts", "Cards", "Loans", "Branches"],
    "captures": [
        {"at": "20080214090000", "policy": Edit(BANK_2008).reword("60 days’ notice", "60 days' notice").result,
         "style": {"layout": "table", "header": "iso-8859-1"}},
        {"at": "20100331164500", "policy": BANK_2010, "style": {"layout": "div"}},
        {"at": "20101105073012", "policy": BANK_2008, "style": {"layout": "div"}},
        {"at": "20130617111213", "as": "redirect", "to": "/maintenance"},
        {"at": "20140926181920", "policy": BANK_2014, "style": {"layout": "div"}, "coding": "gzip"},
        {"at": "20151202200514", "as": "revisit", "of": "20140926181920"},
        {"at": "20170713123456", "policy": BANK_2017, "style": {"layout": "modern", "numbers": True}, "coding": "chunked"},
        {"at": "20190801054321", "policy": BANK_2019, "style": {"layout": "modern", "numbers": True, "banner": True}},
        {"at": "20220224151617", "policy": BANK_2022, "style": {"layout": "modern", "numbers": True, "banner": True},
         "coding": "gzip"},
        {"at": "20241007080910", "policy": BANK_2024, "style": {"layout": "modern", "numbers": True, "banner": True}},
    ],
}

# ---- Pacebird: a running watch that gets interested in your heart ------------------------------------------------------

PACE_2012 = policy(
    "Pacebird Privacy Policy",
    ["What your watch records", [
        "Your Pacebird watch counts your steps and measures your pace. It sends them to our servers when you press the sync button.",
    ]],
    ["What we do with it", [
        "We draw the charts that you see, and we rank you among your friends if you ask us to.",
        "We do not use your runs for advertising.",
    ]],
    ["Who can see your runs", [
        "Your runs are private. You can opt in to showing them on the public map.",
        "We do not share your runs with employers or insurers.",
    ]],
    ["Storage", [
        "Your runs are stored in Iceland. We delete them 12 months after you last synced.",
    ]],
    ["Children", [
        "Pacebird is for people over 16. We delete the accounts of younger people when we learn of them.",
    ]],
    ["Changes", [
        "We will ask for your consent before a change to this policy applies to you.",
    ]],
)
PACE_2014 = (Edit(PACE_2012)
             .reword("counts your steps and measures your pace", "counts your steps, measures your pace and records where you are")
             .reword("when you press the sync button", "whenever your phone is near").result)
PACE_2016 = (Edit(PACE_2014)
             .reword("Your runs are private. You can opt in to showing them on the public map.",
                     "Your runs are shown on the public map. You can opt out in your settings.")
             .append("What your watch records", "Newer watches measure your heart rate, also while you sleep.").result)
PACE_2018 = (Edit(PACE_2016)
             .reword("Your runs are shown on the public map. You can opt out in your settings.",
                     "Your runs are private. You can opt in to showing them on the public map.")
             .add("Who can see your runs", "Your home",
                  "We hide the first and the last 400 metres of each run, so that nobody can see where you live.").result)
PACE_2020 = (Edit(PACE_2018)
             .reword("We do not use your runs for advertising.",
                     "We may use your runs to choose the advertisements that you see.")
             .reword("We delete them 12 months after you last synced.", "We delete them 36 months after you last synced.")
             .move("Children", "What your watch records").result)
PACE_2023 = (Edit(PACE_2020)
             .reword("We do not share your runs with employers or insurers.",
                     "We may share your runs and your heart rate with insurers that you have a policy with, such as Northmark Life.")
             .reword("We will ask for your consent before a change to this policy applies to you.",
                     "We may change this policy at any time. If you go on using Pacebird you accept the change.")
             .reword("Your runs are stored in Iceland.", "Your runs are stored in Iceland and in the United States.").result)

PACEBIRD = {
    "name": "Pacebird", "since": "2011", "url": "https://pacebird.example/legal/privacy",
    "nav": ["Watches", "Plans", "Community", "Support"],
    "captures": [
        {"at": "20120905140000", "url": "http://www.pacebird.example/legal/privacy", "policy": PACE_2012,
         "style": {"layout": "div"}},
        {"at": "20140118093045", "policy": PACE_2014, "style": {"layout": "div"}, "coding": "chunked"},
        {"at": "20150630101112", "policy": PACE_2014, "style": {"layout": "modern"}},
        {"at": "20160822221507", "policy": PACE_2016, "style": {"layout": "modern"}, "coding": "gzip"},
        {"at": "20180130074158", "policy": PACE_2018, "style": {"layout": "modern"}},
        {"at": "20190404160216", "as": "revisit", "of": "20180130074158"},
        {"at": "20200914115959", "policy": PACE_2020, "style": {"layout": "modern", "banner": True}},
        {"at": "20211111111111", "policy": PACE_2020, "style": {"layout": "modern", "numbers": True, "banner": True}},
        {"at": "20230502173344", "policy": PACE_2023, "style": {"layout": "modern", "numbers": True, "banner": True},
         "coding": "gzip"},
    ],
}

SITES = [FOTONEST, HARBOUR, PACEBIRD]
