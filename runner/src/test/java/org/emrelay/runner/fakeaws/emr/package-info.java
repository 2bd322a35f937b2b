@NullMarked
package org.emrelay.runner.fakeaws.emr;

import org.jspecify.annotations.NullMarked;
