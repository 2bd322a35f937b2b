@NullMarked
package org.emrelay.runner.fakeaws.wire;

import org.jspecify.annotations.NullMarked;
