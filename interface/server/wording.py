"""What the server says of a request that it does not answer. No sentence repeats what was sent."""

from __future__ import annotations

NOTHING_HERE = "There is nothing at this address. What a program can ask for is listed at /api."
NO_SUCH_SPEAKER = "Nobody of this name speaks in the collection."
WRONG_METHOD = "This address is asked in another way: {}."
NO_UPLOADS = "Nothing can be uploaded here."
WENT_WRONG = "Something went wrong here, and the log of the server says what. Try again."
NOT_UNDERSTOOD = "The request cannot be understood. What can be asked is listed at /api."

LOCKED = "Give the name and the password of this server."
TOO_MANY_WRONG = "Too many wrong passwords came from your address. Try again in a minute."

OTHER_SITE = "A page of another site cannot ask here. Open this server's own page."
OTHER_NAME = "This server is on this machine only. Open it at http://127.0.0.1:{}/."

BODY_TOO_LARGE = "The request is larger than {:,} bytes, which is the most that is read."
BODY_TOO_SLOW = "The request took longer than {:.0f} seconds to arrive. Send it again."
BUSY = "Too many requests are waiting here. Try again in {} seconds."
CLIENT_BUSY = "{} requests from your address are under way. Wait for one to end."

STARTING = "The encoder is still loading. Try again in some seconds."
