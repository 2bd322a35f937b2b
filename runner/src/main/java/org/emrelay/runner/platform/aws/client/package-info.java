/** AWS SDK clients, settings, retries and errors. Calls to AWS from all other packages go through here. */
@NullMarked
package org.emrelay.runner.platform.aws.client;

import org.jspecify.annotations.NullMarked;
