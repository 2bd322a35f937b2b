/** What the checks of an account share, which run before anything is created. */
@NullMarked
package org.emrelay.runner.platform.aws.preflight;

import org.jspecify.annotations.NullMarked;
