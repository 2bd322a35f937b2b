/** The platform port: what the execution engine needs of a platform to run attempts, store files and read logs. */
@NullMarked
package org.emrelay.runner.platform;

import org.jspecify.annotations.NullMarked;
