@NullMarked
package org.emrelay.runner.platform.emr.fakeaws;

import org.jspecify.annotations.NullMarked;
