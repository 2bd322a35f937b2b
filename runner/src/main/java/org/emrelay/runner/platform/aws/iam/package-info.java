@NullMarked
package org.emrelay.runner.platform.aws.iam;

import org.jspecify.annotations.NullMarked;
