@NullMarked
package org.emrelay.jobs.chance;

import org.jspecify.annotations.NullMarked;
