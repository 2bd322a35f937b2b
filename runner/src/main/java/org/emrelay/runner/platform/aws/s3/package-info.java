@NullMarked
package org.emrelay.runner.platform.aws.s3;

import org.jspecify.annotations.NullMarked;
