/** Read-only checks of the account, network and names before a cluster is created. */
@NullMarked
package org.emrelay.runner.platform.emr.preflight;

import org.jspecify.annotations.NullMarked;
