/** Current prices from AWS's Price List API, and their cache. */
@NullMarked
package org.emrelay.runner.platform.aws.pricelist;

import org.jspecify.annotations.NullMarked;
