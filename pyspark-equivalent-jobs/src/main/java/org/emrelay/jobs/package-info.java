@NullMarked
package org.emrelay.jobs;

import org.jspecify.annotations.NullMarked;
