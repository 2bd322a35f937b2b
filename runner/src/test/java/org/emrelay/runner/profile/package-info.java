@NullMarked
package org.emrelay.runner.profile;

import org.jspecify.annotations.NullMarked;
