@NullMarked
package org.sparkpipelines.runner.platform.emr.ledger;

import org.jspecify.annotations.NullMarked;
