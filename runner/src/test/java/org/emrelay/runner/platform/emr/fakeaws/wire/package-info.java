@NullMarked
package org.emrelay.runner.platform.emr.fakeaws.wire;

import org.jspecify.annotations.NullMarked;
