/** The verb of a statement that voids another (1.0.3 Data 2.3.2, IEEE 9274.1.1 4.2.5). */
export const VOIDED = "http://adlnet.gov/expapi/verbs/voided";
