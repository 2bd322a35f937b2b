@NullMarked
package org.emrelay.runner.platform.emr.fakeaws.emr;

import org.jspecify.annotations.NullMarked;
