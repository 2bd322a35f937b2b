/** Cleaning, tokens and stop words of posts. The filter and the steps that find and assign topics share them. */
@NullMarked
package org.emrelay.jobs.topics.text;

import org.jspecify.annotations.NullMarked;
