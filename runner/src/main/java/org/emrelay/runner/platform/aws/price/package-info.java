@NullMarked
package org.emrelay.runner.platform.aws.price;

import org.jspecify.annotations.NullMarked;
