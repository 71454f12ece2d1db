"""Reason codes of import outcomes."""

from enum import StrEnum


class Reason(StrEnum):
    """Why an item was skipped, or a remark about it. `messages` words them."""

    NO_NUMBER = "no_number"
    TWICE = "twice"
    TOO_LONG = "too_long"
    DELETED_HERE = "deleted_here"
    CHANGED_HERE = "changed_here"
    DECIDED_HERE = "decided_here"
    NOT_KEPT = "not_kept"
    CUT_OFF = "cut_off"
    CAME_BEFORE_CUT = "came_before_cut"
    # the file itself
    STRAY_BEFORE = "stray_before"
    STRAY_BETWEEN = "stray_between"
    STRAY_AFTER = "stray_after"
    # posts and pages
    OTHER_TYPE = "other_type"
    IN_TRASH = "in_trash"
    EMPTY = "empty"
    PAGE_LEFT_OUT = "page_left_out"
    WAS_PRIVATE = "was_private"
    HAD_PASSWORD = "had_password"  # noqa: S105 - not one
    NO_DATE = "no_date"
    NO_TITLE = "no_title"
    TITLE_CUT = "title_cut"
    NEW_ADDRESS = "new_address"
    MORE_TOPICS = "more_topics"
    # their texts
    FILES_MISSING = "files_missing"
    COMPLETED = "completed"
    PICTURE_MISSING = "picture_missing"
    EMBED_LINKED = "embed_linked"
    SHORTCODE_LEFT = "shortcode_left"
    SHORTCODE_DROPPED = "shortcode_dropped"
    BLOCK_DROPPED = "block_dropped"
    LINK_UNKNOWN = "link_unknown"
    # files and pictures
    NO_FILE = "no_file"
    NOT_USED = "not_used"
    NOT_A_PICTURE = "not_a_picture"
    TOO_BIG = "too_big"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    # authors, categories, tags
    KNOWN_HERE = "known_here"
    NAME_ONLY = "name_only"
    WROTE_NOTHING = "wrote_nothing"
    LABEL_ONLY = "label_only"
    OTHER_TAXONOMY = "other_taxonomy"
    # comments
    PING = "ping"
    OTHER_COMMENT = "other_comment"
    POST_LEFT_OUT = "post_left_out"
    PARENT_MISSING = "parent_missing"
    RING = "ring"
    NO_NAME = "no_name"
    NAME_WAS_ADDRESS = "name_was_address"
    NAME_CUT = "name_cut"
    NO_WORDS = "no_words"
    WEBSITE_DROPPED = "website_dropped"
    EMAIL_DROPPED = "email_dropped"
    UNKNOWN_STATUS = "unknown_status"
