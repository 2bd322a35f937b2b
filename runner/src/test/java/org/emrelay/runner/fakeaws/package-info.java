@NullMarked
package org.emrelay.runner.fakeaws;

import org.jspecify.annotations.NullMarked;
