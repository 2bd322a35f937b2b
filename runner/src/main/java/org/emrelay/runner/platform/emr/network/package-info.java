@NullMarked
package org.emrelay.runner.platform.emr.network;

import org.jspecify.annotations.NullMarked;
