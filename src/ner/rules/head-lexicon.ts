/** Legal forms and trades that end a merchant's name. All lists are as `phraseTokens` makes them: lower-case letters. */
// prettier-ignore
export const nameEndings: readonly string[] = [
  'sdn bhd', 'son bhd', 'sdn', 'bhd', 'enterprise', 'trading', 'restaurant', 'restoran', 'plt', 'pte ltd', 'ltd', 'llc', 'inc',
  'gmbh', 'ohg', 'sarl', 'pty ltd', 'limited', 'corporation', 'berhad', 'marketing', 'pharmacy', 'bakery', 'cafe', 'supermarket',
  'stationery', 'hardware', 'store', 'stores', 'shop', 'mart', 'market', 'holdings', 'services', 'industries', 'hotel', 'bistro',
  'kitchen', 'grill', 'pizza', 'coffee', 'house', 'company', 'perniagaan', 'syarikat', 'kedai', 'book', 'machinery', 'electrical',
  'motor', 'auto', 'clinic', 'klinik', 'parking', 'station', 'center', 'centre',
]

/** Parts of streets and towns. */
// prettier-ignore
export const addressWords: readonly string[] = [
  'jalan', 'jln', 'taman', 'tmn', 'lot', 'lorong', 'persiaran', 'lebuh', 'bandar', 'kampung', 'kawasan', 'perindustrian', 'selangor',
  'kuala', 'lumpur', 'johor', 'bahru', 'penang', 'pinang', 'perak', 'ipoh', 'melaka', 'sabah', 'sarawak', 'pahang', 'kedah', 'wilayah',
  'shah alam', 'petaling', 'jaya', 'klang', 'subang', 'puchong', 'cheras', 'seksyen', 'section', 'batu', 'plaza', 'mall', 'floor', 'level',
  'blok', 'block', 'street', 'road', 'avenue', 'ave', 'blvd', 'boulevard', 'drive', 'lane', 'highway', 'hwy', 'suite', 'unit',
  'strasse', 'weg', 'platz', 'rue', 'place', 'via', 'calle', 'court', 'square', 'park', 'ground', 'complex', 'kompleks', 'medan', 'desa',
  'damai', 'utama', 'malaysia', 'singapore', 'tower', 'wisma', 'bangunan', 'pusat', 'garden', 'industrial', 'kl', 'city', 'state',
 'parade', 'row', 'yard', 'shop', 'arcade', 'terrace', 'crescent', 'rd', 'st',
]

/** States and towns that stand alone on the last line of an address. */
// prettier-ignore
export const places: readonly string[] = [
  'selangor', 'darul', 'ehsan', 'johor', 'malaysia', 'kuala', 'lumpur', 'penang', 'pulau', 'pinang', 'perak', 'melaka', 'sabah',
  'sarawak', 'pahang', 'kedah', 'kelantan', 'terengganu', 'negeri', 'sembilan', 'wilayah', 'persekutuan', 'singapore', 'bahru', 'takzim',
  'shah', 'alam', 'petaling', 'jaya', 'deutschland', 'france', 'india', 'australia', 'indonesia', 'jakarta',
]

export const phoneWords: readonly string[] = [
  'tel',
  'telephone',
  'phone',
  'ph',
  'hp',
  'contact',
  'tei',
  'telp',
  'mobile',
  'hotline',
  'telefon',
]

/** With these the head ends and the sale begins. */
// prettier-ignore
export const endsOfHeader: readonly string[] = [
  'tax invoice', 'invoice', 'receipt', 'cash bill', 'bill', 'date', 'cashier', 'qty', 'description', 'item', 'table', 'order', 'counter',
  'customer', 'served', 'server', 'guest', 'terminal', 'trans', 'price', 'amount', 'simplified',
]

/** Registration numbers, tax numbers and addresses on the web. */
export const idWords: readonly string[] = [
  'gst',
  'reg',
  'co no',
  'company no',
  'roc',
  'gst id',
  'gst no',
  'vat',
  'tax id',
  'brn',
  'sst',
  'abn',
  'formerly',
  'fka',
  'fax',
  'email',
  'www',
  'http',
  'website',
  'com',
  'hours',
  'hrs',
  'opening',
  'service tax',
  'tax no',
  'reg no',
]
