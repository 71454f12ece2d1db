"""The words of the WordPress export format that both ways, in and out, must spell alike."""

WXR_VERSION = "1.2"
WXR = f"http://wordpress.org/export/{WXR_VERSION}/"
NAMESPACES = {
    "excerpt": f"{WXR}excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": WXR,
}
# What our own export names itself, and where it keeps what WordPress has no place for. The leading underscore
# makes it a custom field that WordPress keeps and never shows.
OWN_GENERATOR = "postpartum-articles/1"
OWN_META = "_postpartum"
THUMBNAIL_META = "_thumbnail_id"
ALT_META = "_wp_attachment_image_alt"
FOOTNOTES_META = "footnotes"
NO_DATE = "0000-00-00 00:00:00"
