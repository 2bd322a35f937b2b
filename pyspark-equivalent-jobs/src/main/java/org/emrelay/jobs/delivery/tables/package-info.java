@NullMarked
package org.emrelay.jobs.delivery.tables;

import org.jspecify.annotations.NullMarked;
