@NullMarked
package org.emrelay.runner.platform.aws.parallel;

import org.jspecify.annotations.NullMarked;
