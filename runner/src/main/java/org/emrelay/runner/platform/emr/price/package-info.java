@NullMarked
package org.emrelay.runner.platform.emr.price;

import org.jspecify.annotations.NullMarked;
