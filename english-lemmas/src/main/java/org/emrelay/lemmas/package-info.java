/** Generates the English lemma dictionary from WordNet at build time. None of its classes are needed at run time. */
@NullMarked
package org.emrelay.lemmas;

import org.jspecify.annotations.NullMarked;
