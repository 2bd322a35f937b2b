/** The languages that the jobs know, with the word lists that are available offline. */
@NullMarked
package org.emrelay.jobs.language;

import org.jspecify.annotations.NullMarked;
