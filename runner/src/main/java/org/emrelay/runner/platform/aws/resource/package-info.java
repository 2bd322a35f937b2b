@NullMarked
package org.emrelay.runner.platform.aws.resource;

import org.jspecify.annotations.NullMarked;
