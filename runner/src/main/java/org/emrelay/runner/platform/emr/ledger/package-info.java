@NullMarked
package org.emrelay.runner.platform.emr.ledger;

import org.jspecify.annotations.NullMarked;
