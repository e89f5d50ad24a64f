/** What a report begins with where the console carries it among other things. */
export const reportMark = '@corpus-test ';
