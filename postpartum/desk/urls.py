"""The addresses of the desk under /admin/: route, view, name. What Django's admin adds comes after them."""

from postpartum.desk.views import (
    comments,
    concerns,
    mail,
    members,
    more,
    numbers,
    program,
    publishing,
    rules,
    samples,
    sharing,
)

PAGES = [
    ("members/", members.members, "desk_members"),
    ("members/<int:pk>/", members.member, "desk_member"),
    ("members/<int:pk>/care/", members.care, "desk_care"),
    ("comments/<int:pk>/", comments.decide, "desk_comment"),
    ("comments/<int:pk>/answer/", comments.answer, "desk_answer"),
    ("concerns/<int:pk>/", concerns.concern, "desk_concern"),
    ("mail/<int:pk>/done/", mail.done, "desk_mail_done"),
    ("program/", program.overview, "desk_program"),
    ("program/preview/", program.preview, "desk_preview"),
    ("program/session/<int:pk>/copy/", program.session_copy, "desk_copy_session"),
    ("program/week/<int:pk>/copy/", program.week_copy, "desk_copy_week"),
    ("program/publish/", publishing.publish, "desk_publish"),
    ("program/back/<int:pk>/", publishing.back, "desk_back"),
    ("program/out/", sharing.take_out, "desk_take_out"),
    ("program/in/", sharing.bring_in, "desk_bring_in"),
    ("mail/samples/", samples.samples, "desk_mail_samples"),
    ("mail/samples/<slug:key>/", samples.sample, "desk_mail_sample"),
    ("rules/", rules.rules, "desk_rules"),
    ("numbers/", numbers.numbers, "desk_numbers"),
    ("numbers/<slug:key>/", numbers.as_file, "desk_numbers_file"),
    ("more/", more.more, "desk_more"),
]
