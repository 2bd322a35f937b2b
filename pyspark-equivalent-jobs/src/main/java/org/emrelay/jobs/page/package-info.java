@NullMarked
package org.emrelay.jobs.page;

import org.jspecify.annotations.NullMarked;
