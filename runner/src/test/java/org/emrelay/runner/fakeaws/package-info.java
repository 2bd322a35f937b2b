/** A fake AWS on the wire for tests: the server, simulated time, fault and crash injection, and its own tests. */
@NullMarked
package org.emrelay.runner.fakeaws;

import org.jspecify.annotations.NullMarked;
