"""The addresses of the desk under /admin/: route, view, name. What Django's admin adds comes after them."""

from postpartum.desk.views import comments, mail, members, more, samples

PAGES = [
    ("members/", members.members, "desk_members"),
    ("members/<int:pk>/", members.member, "desk_member"),
    ("members/<int:pk>/care/", members.care, "desk_care"),
    ("comments/<int:pk>/", comments.decide, "desk_comment"),
    ("mail/<int:pk>/done/", mail.done, "desk_mail_done"),
    ("mail/samples/", samples.samples, "desk_mail_samples"),
    ("mail/samples/<slug:key>/", samples.sample, "desk_mail_sample"),
    ("more/", more.more, "desk_more"),
]
