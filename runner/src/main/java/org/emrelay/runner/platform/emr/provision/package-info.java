@NullMarked
package org.emrelay.runner.platform.emr.provision;

import org.jspecify.annotations.NullMarked;
