"""Names of the WordPress export format that importer and exporter share."""

WXR_VERSION = "1.2"
WXR = f"http://wordpress.org/export/{WXR_VERSION}/"
NAMESPACES = {
    "excerpt": f"{WXR}excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": WXR,
}
# The generator name of our own export, and its custom field for values without a WordPress field. The leading
# underscore makes WordPress keep the field hidden.
OWN_GENERATOR = "postpartum-articles/1"
OWN_META = "_postpartum"
THUMBNAIL_META = "_thumbnail_id"
ALT_META = "_wp_attachment_image_alt"
FOOTNOTES_META = "footnotes"
NO_DATE = "0000-00-00 00:00:00"
