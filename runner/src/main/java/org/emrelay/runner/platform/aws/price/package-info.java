/** Estimates and reports what clusters cost, from a bundled price list and spot prices. Knows no AWS SDK. */
@NullMarked
package org.emrelay.runner.platform.aws.price;

import org.jspecify.annotations.NullMarked;
