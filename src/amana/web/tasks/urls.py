"""Addresses of tasks: a number that says nothing of whom the task is about."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from amana.web.areas import Menu
from amana.web.tasks import passing_views, views

app_name = "tasks"
prefix = "tasks/"
menu = Menu(15, _("Tasks"), "tasks.see", "tasks:task-list")

urlpatterns = [
    path("", views.list_tasks, name="task-list"),
    path("<int:task>/", views.show_task, name="task-show"),
    path("<int:task>/take/", passing_views.take_task, name="task-take"),
    path("<int:task>/hand-over/", passing_views.hand_over_task, name="task-hand-over"),
    path("<int:task>/give-back/", passing_views.give_task_back, name="task-give-back"),
    path("<int:task>/undo/", passing_views.undo_step, name="task-undo"),
]
