#!/usr/bin/env python3
"""Writes demo.warc.gz: three invented sites and what became of their promises.

Same bytes each time: dates, identifiers and gzip heads are fixed. The policies stand in policies.py.

    python3 config/demo/generate_demo.py
"""

import base64
import hashlib
import html
import pathlib
import sys
import uuid
import zlib

sys.dont_write_bytecode = True
import policies  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SPACE = uuid.UUID("6f0e3c1a-5a3f-4b7e-9d62-0d1c5b1f7a20")


# ---- pages of their years ------------------------------------------------------------------------------------------

def numbered(policy, style):
    """The headings, with or without their numbers."""
    for number, (heading, items) in enumerate(policy["sections"], 1):
        yield (f"{number}. {heading}" if style.get("numbers") else heading), items


def list_or_paragraph(item, before="<p>", after="</p>"):
    if isinstance(item, list):
        return "<ul>\n" + "\n".join(f"<li>{html.escape(i, quote=False)}</li>" for i in item) + "\n</ul>"
    return f"{before}{html.escape(item, quote=False)}{after}"


def table_page(site, policy, style):
    """2004: tables within tables, font tags, no doctype to speak of."""
    rows = []
    for heading, items in numbered(policy, style):
        rows.append(f'<h3><font face="Verdana" color="#336699">{html.escape(heading)}</font></h3>')
        rows += [list_or_paragraph(i, '<p><font face="Verdana" size="2">', "</font></p>") for i in items]
    links = "".join(f'<tr><td bgcolor="#eeeeee"><a href="/{n.lower()}.html"><font size="1">{n}</font></a></td></tr>\n'
                    for n in site["nav"])
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={style["meta"]}">\n' if "meta" in style else ""
    return f"""<HTML>
<HEAD>
{meta}<TITLE>{policy["title"]} - {site["name"]}</TITLE>
</HEAD>
<BODY bgcolor="#ffffff" link="#336699">
<table width="760" cellpadding="4" cellspacing="0" border="0" align="center">
<tr><td colspan="2" bgcolor="#336699"><font face="Verdana" size="5" color="#ffffff"><b>{site["name"]}</b></font></td></tr>
<tr><td width="140" valign="top">
<table width="100%" cellpadding="3" border="0">
{links}</table>
</td>
<td valign="top">
<h1><font face="Verdana" color="#336699">{policy["title"]}</font></h1>
{chr(10).join(rows)}
</td></tr>
<tr><td colspan="2" align="center"><font size="1">Copyright {site["since"]} {site["name"]}. Best viewed at 800x600.</font></td></tr>
</table>
</BODY>
</HTML>
"""


def div_page(site, policy, style):
    """About 2008: divs named for what they are, a style sheet, a footer of links."""
    parts = []
    for heading, items in numbered(policy, style):
        parts.append(f"<h2>{html.escape(heading)}</h2>")
        parts += [list_or_paragraph(i) for i in items]
    links = "".join(f'<li><a href="/{n.lower()}">{n}</a></li>' for n in site["nav"])
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={style["meta"]}" />\n' if "meta" in style else ""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head>
{meta}<title>{policy["title"]} | {site["name"]}</title>
<link rel="stylesheet" type="text/css" href="/css/main.css" />
<script type="text/javascript" src="/js/tracker.js"></script>
</head>
<body>
<div id="header"><a href="/">{site["name"]}</a><ul id="nav">{links}</ul></div>
<div id="content">
<h1>{policy["title"]}</h1>
{chr(10).join(parts)}
</div>
<div id="footer"><a href="/about">About us</a> | <a href="/help">Help</a> | <a href="/jobs">Jobs</a><br />
&copy; {style["year"]} {site["name"]}. All rights reserved.</div>
</body>
</html>
"""


def modern_page(site, policy, style):
    """From about 2013: sections with anchors; from 2019 a cookie banner above them."""
    parts = []
    for heading, items in numbered(policy, style):
        anchor = "".join(c if c.isalnum() else "-" for c in heading.lower()).strip("-")
        body = "\n".join(list_or_paragraph(i) for i in items)
        parts.append(f'<section id="{anchor}">\n<h2>{html.escape(heading)}</h2>\n{body}\n</section>')
    links = "".join(f'<a class="nav__link" href="/{n.lower()}">{n}</a>' for n in site["nav"])
    banner = f"""<div class="cookie-banner" role="dialog" aria-label="Cookies">
<p>We value your privacy. {site["name"]} and its partners use cookies. By clicking “Accept all” you agree to them.</p>
<button>Accept all</button> <button>Manage choices</button>
</div>
""" if style.get("banner") else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{policy["title"]} · {site["name"]}</title>
<link rel="stylesheet" href="/assets/app-{style["year"]}.css">
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({{"build": "{style["year"]}"}});</script>
</head>
<body>
{banner}<header class="top"><a class="logo" href="/">{site["name"]}</a><nav>{links}</nav></header>
<main>
<article class="legal">
<h1>{policy["title"]}</h1>
{chr(10).join(parts)}
</article>
</main>
<footer><nav><a href="/about">About</a><a href="/press">Press</a><a href="/careers">Careers</a></nav>
<p>© {style["year"]} {site["name"]}</p></footer>
</body>
</html>
"""


PAGES = {"table": table_page, "div": div_page, "modern": modern_page}


def lost_page(site):
    """A soft 404: the answer says 200, the page says that there is none."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Page not found · {site["name"]}</title></head>
<body><header><a href="/">{site["name"]}</a></header>
<main><h1>Page not found</h1><p>Sorry, the page you are looking for does not exist. It may have been moved or deleted.</p>
<p><a href="/">Back to the home page</a></p></main></body></html>
"""


def busy_page(site):
    return f"""<html><head><title>503 Service Temporarily Unavailable</title></head>
<body><h1>Service Temporarily Unavailable</h1><p>{site["name"]} is down for maintenance. Please try again later.</p></body></html>
"""


# ---- records -------------------------------------------------------------------------------------------------------

def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def packed(data):
    """gzip without a date or system in its head."""
    coder = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    body = coder.compress(data) + coder.flush()
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00" + b"\x00" * 4 + b"\x02\xff" + body + tail


def chunked(data, size=1000):
    parts = [data[i:i + size] for i in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def record(kind, fields, block):
    lines = ["WARC/1.1", f"WARC-Type: {kind}"] + [f"{k}: {v}" for k, v in fields] + [f"Content-Length: {len(block)}"]
    data = "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
    return packed(data)


def iso(timestamp):
    t = timestamp
    return f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[8:10]}:{t[10:12]}:{t[12:]}Z"


def name_of(url, timestamp):
    return f"<urn:uuid:{uuid.uuid5(SPACE, url + ' ' + timestamp)}>"


def head(status, headers):
    reasons = {200: "OK", 301: "Moved Permanently", 302: "Found", 503: "Service Unavailable"}
    return f"HTTP/1.1 {status} {reasons[status]}\r\n".encode() + b"".join(
        f"{k}: {v}\r\n".encode("latin-1") for k, v in headers) + b"\r\n"


def capture_record(site, capture, payloads):
    """One capture as a WARC record. `payloads` remembers what a later revisit may refer to."""
    url, timestamp = capture.get("url", site["url"]), capture["at"]
    fields = [("WARC-Record-ID", name_of(url, timestamp)), ("WARC-Date", iso(timestamp)), ("WARC-Target-URI", url)]
    kind = capture.get("as", "page")
    content_type, coding, status, headers = "text/html; charset=utf-8", capture.get("coding"), 200, []
    if kind == "revisit":
        earlier_url, earlier_at, digest, earlier_type = payloads[capture["of"]]
        block = head(200, [("Content-Type", earlier_type)])
        return record("revisit", fields + [
            ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
            ("WARC-Refers-To-Target-URI", earlier_url), ("WARC-Refers-To-Date", iso(earlier_at)),
            ("WARC-Payload-Digest", digest), ("Content-Type", "application/http; msgtype=response")], block)
    if kind == "page":
        style = dict(capture["style"], year=timestamp[:4])
        text = PAGES[style["layout"]](site, capture["policy"], style)
        charset = style.get("meta") or style.get("header") or "utf-8"
        body = text.encode({"windows-1252": "cp1252", "iso-8859-1": "latin-1"}.get(charset, "utf-8"))
        content_type = "text/html" if "meta" in style else f"text/html; charset={charset}"
    elif kind == "soft 404":
        body = lost_page(site).encode()
    elif kind == "503":
        body, status, headers = busy_page(site).encode(), 503, [("Retry-After", "3600")]
    else:
        body, status, headers = b"", 302, [("Location", capture["to"])]

    headers = [("Server", "Apache"), ("Content-Type", content_type)] + headers
    payload = packed(body) if coding == "gzip" else body
    if coding == "gzip":
        headers.append(("Content-Encoding", "gzip"))
    if coding == "chunked":
        headers.append(("Transfer-Encoding", "chunked"))
    else:
        headers.append(("Content-Length", str(len(payload))))
    payloads[timestamp] = (url, timestamp, sha1(payload), content_type)
    block = head(status, headers) + (chunked(payload) if coding == "chunked" else payload)
    return record("response", fields + [("WARC-Payload-Digest", sha1(payload)), ("WARC-Block-Digest", sha1(block)),
                                        ("Content-Type", "application/http; msgtype=response")], block)


def main():
    info = b"software: config/demo/generate_demo.py\r\ndescription: Invented sites; no page in this file is real.\r\n"
    out = record("warcinfo", [("WARC-Record-ID", name_of("warcinfo", "0")), ("WARC-Date", "2024-12-31T00:00:00Z"),
                              ("WARC-Filename", "demo.warc.gz"), ("Content-Type", "application/warc-fields")], info)
    count = 0
    for site in policies.SITES:
        payloads = {}
        for capture in site["captures"]:
            out += capture_record(site, capture, payloads)
            count += 1
    target = HERE / "demo.warc.gz"
    target.write_bytes(out)
    print(f"{target.name}: {count} captures, {len(out)} bytes")


if __name__ == "__main__":
    main()
