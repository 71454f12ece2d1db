"""The addresses of the desk under /admin/: route, view, name. What Django's admin adds comes after them."""

from postpartum.desk.views import comments, mail, members, more

PAGES = [
    ("members/", members.members, "desk_members"),
    ("members/<int:pk>/", members.member, "desk_member"),
    ("members/<int:pk>/care/", members.care, "desk_care"),
    ("comments/<int:pk>/", comments.decide, "desk_comment"),
    ("mail/<int:pk>/done/", mail.done, "desk_mail_done"),
    ("more/", more.more, "desk_more"),
]
