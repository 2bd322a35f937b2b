/** Runs independent AWS calls in parallel. */
@NullMarked
package org.emrelay.runner.platform.aws.parallel;

import org.jspecify.annotations.NullMarked;
