"""Addresses of posts on the desk, and of the public boards."""

from django.urls import path

from linli.organizations.web import boards, invitations, keys, posts

app_name = "organizations"

urlpatterns = [
    path("desk/keys/", keys.keys, name="keys"),
    path("desk/keys/<uuid:key_id>/revoke/", keys.revoke, name="key_revoke"),
    path("desk/posts/", posts.posts, name="posts"),
    path("desk/posts.xlsx", posts.posts_xlsx, name="posts_xlsx"),
    path("desk/posts/open/", posts.open_post, name="post_open"),
    path("desk/posts/<uuid:post_id>/", posts.post, name="post"),
    path("desk/posts/<uuid:post_id>/appoint/", posts.appoint, name="appoint"),
    path("desk/posts/<uuid:post_id>/close/", posts.close, name="post_close"),
    path("desk/posts/held/<uuid:appointment_id>/end/", posts.end, name="end_appointment"),
    path("desk/posts/held/<uuid:appointment_id>/stand-in/", posts.stand_in, name="stand_in"),
    path("desk/slips/", invitations.slips, name="slips"),
    path("desk/slips/<uuid:person_id>/withdraw/", invitations.withdraw, name="slip_withdraw"),
    path("welcome/", invitations.welcome, name="welcome"),
    path("boards/building/<uuid:place_id>/", boards.building_board, name="building_board"),
    path("boards/estate/<uuid:place_id>/", boards.estate_board, name="estate_board"),
]
