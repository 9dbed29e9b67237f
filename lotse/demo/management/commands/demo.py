"""`lotse demo`: what `make run` starts."""

from django.core.management import call_command
from django.core.management.base import CommandParser

from lotse.core.command import QuickCommand
from lotse.demo.environment import PASSWORD

WELCOME = """
Lotse demo: http://localhost:{port}

  Ask a question as a client        http://localhost:{port}/
  Answer as a counsellor (Berlin)   http://localhost:{port}/desk/     demo-lena
  ... her colleague, Arabic         http://localhost:{port}/desk/     demo-yusuf
  Invite as a coordinator           http://localhost:{port}/desk/     demo-koordination
  Back office                       http://localhost:{port}/office/   demo-verwaltung
  A client who has asked before     http://localhost:{port}/chat/     demo-gast-hamburg

Everybody's password: {password}
All people, centres and cases are fictional. End with Ctrl+C.
"""


class Command(QuickCommand):
    help = "Make the demo where it is not there yet, and serve it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options: object) -> None:
        self.stdout.write("Preparing the demo ...")
        call_command("migrate", verbosity=0)
        call_command("load_demo")
        self.stdout.write(WELCOME.format(port=port, password=PASSWORD))
        call_command("serve", port=port)
