@NullMarked
package org.emrelay.runner.platform.aws.client;

import org.jspecify.annotations.NullMarked;
